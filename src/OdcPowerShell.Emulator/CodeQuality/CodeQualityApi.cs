namespace OdcPowerShell.Emulator;

/// <summary>The code quality API: analyses, findings, and their numbers.</summary>
internal sealed class CodeQualityApi(EmulatedTenant tenant)
{
    private const string Base = "/api/code-quality/v1";
    private static readonly string[] s_groups = ["Category", "Status", "Severity"];
    private static readonly TimeSpan s_nightly = TimeSpan.FromHours(2);

    private Store Store => tenant.Store;
    private EmulatedCodeQuality Quality => tenant.CodeQuality;

    public void Map(ApiMap map)
    {
        var view = Access.OneOf(Permission.ViewCodeQuality);
        map.Post<StartBody>($"{Base}/code-analyses", Access.OneOf(Permission.ManageCodeQuality), Start, status: 200);
        map.Get($"{Base}/code-analyses/{{analysisKey}}", view, GetAnalysis);
        map.Get($"{Base}/assets/{{assetKey}}/revisions/{{revision}}/analysis-summary", view, GetSummary);
        map.List($"{Base}/findings", view, Paging.LargeTotals, Findings).OrderedBy(OrderOfFindings).AsFor(Body);
        map.List($"{Base}/assets-quality-metrics", view, Paging.LargeTotals, Metrics).OrderedBy(OrderOfMetrics).As(metric => metric.Body);
        map.Get($"{Base}/findings-summary", view, GetFindingsSummary);
        map.Get($"{Base}/findings-trend", view, GetTrend);
        map.List($"{Base}/patterns", view, Paging.LargeTotals, _ => CodePattern.All).As(Body);
        map.Get($"{Base}/patterns/{{patternId}}", view, call => Paging.PageOf(
            [CodePattern.All.FirstOrDefault(pattern => pattern.Id == call.Route["patternId"]) ?? throw ProblemException.NotFound("pattern", call.Route["patternId"])],
            limit: 1, offset: 0, Body));
        map.Get($"{Base}/analysis-status", view, GetStatus);
    }

    private object Start(ApiCall call, StartBody body)
    {
        var key = QueryReader.ParseGuid("assetKey", body.AssetKey ?? throw ProblemException.Missing("assetKey"));
        var revision = Store.Revision(key, body.AssetRevision ?? throw ProblemException.Missing("assetRevision"));
        if (!EmulatedCodeQuality.CanAnalyse(revision.Asset))
            throw ProblemException.BadParameter($"Assets of the type {revision.Asset.Type} can't be analysed.");
        var analysis = new CodeAnalysis(Store.NewKey("code-analysis"), call.By, revision);
        analysis.Effect = () =>
        {
            Quality.SetAnalysed(revision, analysis.EndsAt!.Value);
            analysis.Findings = [.. Quality.In(revision.Asset.Key, revision.Number)];
        };
        Store.Start(Quality.Analyses.Set(analysis));
        return new { AnalysisKey = analysis.Key, Status = analysis.StatusAt(Store.Now) };
    }

    private object GetAnalysis(ApiCall call)
    {
        var analysis = Quality.Analyses[call.Key("analysisKey")];
        var (limit, offset) = Window(call);
        var counted = analysis.Findings?.Where(finding => finding.Decision != "Dismissed").ToList();
        return new
        {
            AnalysisKey = analysis.Key, Status = analysis.StatusAt(Store.Now),
            Findings = analysis.Findings?.Skip(offset).Take(limit).Select(finding =>
            {
                var body = Body(finding, analysis.Revision.Number);
                body["category"] = finding.Pattern.Category;
                return body;
            }).ToArray(),
            QualityScore = counted is null ? 0 : CodeFinding.Score(counted), Summary = counted is null ? null : Counts(counted),
        };
    }

    private object GetSummary(ApiCall call)
    {
        var key = call.Key("assetKey");
        if (!int.TryParse(call.Route["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw ProblemException.BadParameter($"The revision '{call.Route["revision"]}' is not valid.");
        _ = Store.Revision(key, number);
        var at = Quality.AnalysedAt(key, number) ?? throw new ProblemException(404, 12, $"The revision {number} of the asset '{key}' was not analysed.");
        var counted = Quality.Counted(key, number).ToList();
        return new
        {
            AssetKey = key, AssetRevision = number, AnalysisDate = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            QualityScore = CodeFinding.Score(counted), Summary = Counts(counted),
        };
    }

    private IEnumerable<Row> Findings(ApiCall call)
    {
        var query = new CodeQualityQuery(call.Query, Store.Now);
        var (patterns, people, isLatest) = (call.Query.Texts("PatternIds"), call.Query.Texts("CreatedBy"), call.Query.Flag("IsLatest"));
        return Known(query)
            .Where(row => query.Has(row.Finding, row.Latest) && (!isLatest || row.Finding.IsIn(row.Latest))
                && (patterns.Count == 0 || patterns.Contains(row.Finding.Pattern.Id, StringComparer.Ordinal))
                && (people.Count == 0 || people.Contains(row.Finding.Asset.Find(row.Finding.First)?.CreatedBy, StringComparer.OrdinalIgnoreCase)));
    }

    // Those of the assets that are asked for.
    private IEnumerable<Row> Known(CodeQualityQuery query)
    {
        var scores = Quality.Latest.ToDictionary(entry => entry.Key, entry => CodeFinding.Score(Quality.Counted(entry.Key.Key, entry.Value)));
        return Quality.Known().Where(known => query.HasAsset(known.Finding.Asset, scores[known.Finding.Asset])).Select(known => new Row(known.Finding, known.Latest));
    }

    private static IEnumerable<(Func<Row, object?> Value, bool IsDescending)> OrderOfFindings(ApiCall call) => Sorts<Func<Row, object?>>(call, name => name switch
    {
        "ELEMENTNAME" => row => row.Finding.ElementName,
        "DISCOVEREDON" => row => row.Finding.DiscoveredOn,
        "SEVERITY" => row => CodeFinding.Severities.ToList().IndexOf(row.Finding.Pattern.Severity),
        "STATUS" => row => row.Finding.StatusAt(row.Latest),
        _ => null,
    });

    private static IEnumerable<(Func<Metric, object?> Value, bool IsDescending)> OrderOfMetrics(ApiCall call) => Sorts<Func<Metric, object?>>(call, name => name switch
    {
        "ASSETNAME" => metric => metric.Name,
        "SCORE" => metric => metric.Score,
        _ => null,
    });

    private static List<(T Value, bool IsDescending)> Sorts<T>(ApiCall call, Func<string, T?> find)
        where T : class => [.. call.Query.Texts("Sort").Select(text => (
            find(text.TrimStart('-').ToUpperInvariant()) ?? throw ProblemException.BadParameter($"The list can't be sorted by '{text}'."), text.StartsWith('-')))];

    private static Func<Row, object> Body(ApiCall call)
    {
        var fields = call.Query.Texts("Fields");
        return row =>
        {
            var revision = row.Finding.Solved is { } solved && solved <= row.Latest ? solved - 1 : row.Latest;
            var body = Body(row.Finding, revision);
            body["status"] = row.Finding.StatusAt(row.Latest);
            foreach (var name in body.Keys.Where(name => fields.Count > 0 && !fields.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray())
                body[name] = null;
            return body;
        };
    }

    private static Dictionary<string, object?> Body(CodeFinding finding, int revision)
    {
        var path = new[] { new { ElementKey = finding.Asset.Key.ToString(), ElementName = "Logic", ElementType = "Folder" } };
        var changed = finding.Asset.Find(finding.First)!;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = finding.Key, ["patternId"] = finding.Pattern.Id, ["discoveredOn"] = Text(finding.DiscoveredOn), ["rediscoveredOn"] = null,
            ["elementKey"] = finding.ElementKey.ToString(), ["elementName"] = finding.ElementName, ["elementType"] = finding.Pattern.ElementType,
            ["elementPath"] = path, ["elementLastModifiedBy"] = changed.CreatedBy, ["elementLastModifiedOn"] = Text(changed.CreatedAt),
            ["whereElementKey"] = null, ["whereElementName"] = null, ["whereElementType"] = null, ["whereElementPath"] = null,
            ["whereElementLastModifiedBy"] = null, ["whereElementLastModifiedOn"] = null, ["status"] = finding.StatusAt(revision),
            ["dismissReason"] = finding.DismissReason, ["snoozedUntil"] = Text(finding.SnoozedUntil), ["severity"] = finding.Pattern.Severity,
            ["assetKey"] = finding.Asset.Key.ToString(), ["assetRevision"] = revision,
        };
    }

    private static object Body(CodePattern pattern) => new
    {
        pattern.Id, pattern.Name, pattern.Description, pattern.Impact, pattern.HowToSolve, pattern.Category, pattern.Severity,
        DocumentationUrl = $"https://success.example/code-patterns/{pattern.Id}", ShowFlowViz = pattern.Category == "Performance", ShowOpenInSS = true,
        ShowHierarchyTree = false, ShowConsumedElements = pattern.Category == "Architecture", ShowWhereObject = false, ShowWhoObject = true, ShowCreatedByUsername = true,
    };

    private IEnumerable<Metric> Metrics(ApiCall call)
    {
        var query = new CodeQualityQuery(call.Query, Store.Now);
        return from entry in Quality.Latest
               let score = CodeFinding.Score(Quality.Counted(entry.Key.Key, entry.Value))
               where query.HasAsset(entry.Key, score)
               select NewMetric(query, entry.Key, entry.Value, score);
    }

    private Metric NewMetric(CodeQualityQuery query, Asset asset, int latest, double score)
    {
        var before = Quality.Before(asset.Key, latest);
        List<CodeFinding> findings = [.. Quality.Known().Where(known => known.Finding.Asset == asset && query.Has(known.Finding, latest)).Select(known => known.Finding)];
        return new Metric(asset.Name, score, new
        {
            AssetName = asset.Name, AssetKey = asset.Key, AssetRevision = latest,
            Score = new
            {
                LatestScore = (int)Math.Round(score),
                DifferenceScore = before is { } earlier ? (int)Math.Round(score - CodeFinding.Score(Quality.Counted(asset.Key, earlier))) : 0,
            },
            Severity = CodeFinding.Severities.ToDictionary(word => word, word => Change([.. findings.Where(finding => finding.IsIn(latest) && finding.Pattern.Severity == word)], latest), StringComparer.Ordinal),
            Status = CodeFinding.Statuses.ToDictionary(word => word, word => Change([.. findings.Where(finding => finding.StatusAt(latest) == word)], latest), StringComparer.Ordinal),
        });
    }

    private static object Change(IReadOnlyCollection<CodeFinding> findings, int latest) => new
    {
        LatestFindingsCount = findings.Count, FindingsDifferenceCount = findings.Count(finding => finding.First == latest) - findings.Count(finding => finding.Solved == latest),
    };

    private object GetFindingsSummary(ApiCall call)
    {
        var query = new CodeQualityQuery(call.Query, Store.Now);
        var groups = call.Query.Choices("GroupBy", s_groups);
        var hasChange = call.Query.Flag("FetchChange");
        Window(call);
        List<Row> rows = [.. Known(query).Where(row => query.Has(row.Finding, row.Latest))];
        return new { TotalFindings = Leaf(rows), Results = Level(rows, [.. groups.Count == 0 ? s_groups : groups]) };

        object Level(IReadOnlyList<Row> some, ReadOnlySpan<string> by)
        {
            if (by.Length == 0)
                return Leaf(some);
            var (group, rest) = (by[0], by[1..].ToArray());
            return some.GroupBy(row => WordOf(row, group), StringComparer.Ordinal).ToDictionary(part => part.Key, part => Level([.. part], rest), StringComparer.Ordinal);
        }

        object Leaf(IReadOnlyList<Row> some) => new
        {
            LatestFindingsCount = some.Count,
            FindingsDifferenceCount = hasChange ? some.Count(row => row.Finding.First == row.Latest) - some.Count(row => row.Finding.Solved == row.Latest) : 0,
        };
    }

    private static string WordOf(Row row, string group) => group switch
    {
        "Category" => row.Finding.Pattern.Category,
        "Severity" => row.Finding.Pattern.Severity,
        _ => row.Finding.StatusAt(row.Latest),
    };

    private object GetTrend(ApiCall call)
    {
        var query = new CodeQualityQuery(call.Query, Store.Now);
        var (limit, offset) = Window(call);
        List<Row> rows = [.. Known(query).Where(row => query.HasPattern(row.Finding))];
        var days = Enumerable.Range(0, (query.To.UtcDateTime.Date - query.Since.UtcDateTime.Date).Days + 1).Select(day => query.Since.UtcDateTime.Date.AddDays(day));
        return new { Results = days.Skip(offset).Take(limit).Select(Day).ToArray() };

        object Day(DateTime date)
        {
            var end = new DateTimeOffset(date.AddDays(1), TimeSpan.Zero);
            var counts = rows.Where(row => row.Finding.DiscoveredOn < end).CountBy(row => row.Finding.StatusAt(end), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            return new
            {
                OpenFindingsCount = counts.GetValueOrDefault("Open"), SnoozedFindingsCount = counts.GetValueOrDefault("Snoozed"),
                ResolvedFindingsCount = counts.GetValueOrDefault("Resolved"), DismissedFindingsCount = counts.GetValueOrDefault("Dismissed"),
                ClosedFindingsCount = 0, AnalysisDate = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            };
        }
    }

    // All assets are analysed every night.
    private object GetStatus(ApiCall call)
    {
        var portfolio = call.Query.Guid("portfolioKey");
        if (portfolio is { } key)
            _ = Store.Portfolios[key];
        var next = Store.Now.UtcDateTime.Date + s_nightly;
        if (next <= Store.Now.UtcDateTime)
            next = next.AddDays(1);
        var last = next.AddDays(-1);
        var found = Quality.Known().Where(known => (portfolio ?? known.Finding.Asset.PortfolioKey) == known.Finding.Asset.PortfolioKey).ToList();
        var fresh = found.Count(known => known.Finding.DiscoveredOn.UtcDateTime > last.AddDays(-1) && known.Finding.DiscoveredOn.UtcDateTime <= last);
        var run = new { StartedOn = last, CompletedOn = last.AddMinutes(25), Status = "Completed", NewFindingsCount = fresh, SolvedFindingsCount = 0 };
        return new
        {
            Result = new
            {
                LastSuccessfulAnalysis = run, NextAnalysis = new { ScheduledOn = next },
                LatestAnalysis = new { run.StartedOn, run.CompletedOn, run.Status, run.NewFindingsCount, run.SolvedFindingsCount, ErrorCode = (string?)null, ErrorMessage = (string?)null },
            },
        };
    }

    private static object Counts(IReadOnlyList<CodeFinding> findings) => new
    {
        Categories = CodeFinding.Categories.ToDictionary(
            category => category,
            category => CountsOf(findings.Where(finding => finding.Pattern.Category.Equals(category, StringComparison.OrdinalIgnoreCase))),
            StringComparer.Ordinal),
    };

    private static object CountsOf(IEnumerable<CodeFinding> findings)
    {
        var counts = findings.CountBy(finding => finding.Pattern.Severity, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return new
        {
            LowSeverity = counts.GetValueOrDefault("Low"), MediumSeverity = counts.GetValueOrDefault("Medium"),
            HighSeverity = counts.GetValueOrDefault("High"), CriticalSeverity = counts.GetValueOrDefault("Critical"),
        };
    }

    // A part of a list without a page object; without a limit all of it.
    private static (int Limit, int Offset) Window(ApiCall call) =>
        (call.Query.Number("Limit", int.MaxValue, 1, int.MaxValue), call.Query.Number("Offset", 0, 0, int.MaxValue));

    private static string? Text(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record StartBody(string? AssetKey, int? AssetRevision);

    private sealed record Row(CodeFinding Finding, int Latest);

    private sealed record Metric(string Name, double Score, object Body);
}
