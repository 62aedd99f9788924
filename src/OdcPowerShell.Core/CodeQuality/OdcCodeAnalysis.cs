using System.Globalization;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Operations;

namespace OdcPowerShell.CodeQuality;

/// <summary>An analysis of the code of a revision.</summary>
[Columns("AssetName 22", "Revision 8", "Status 19", "QualityScore 12", "CriticalCount 13", "AnalysisKey")]
public sealed class OdcCodeAnalysis : OdcResource, ILongRunning
{
    public string? AnalysisKey { get; set; }

    /// <summary>Completed, Failed or Timeout at the end; another word while it runs.</summary>
    public string? Status { get; set; }

    /// <summary>The quality score from 0 to 100, of all categories together.</summary>
    public double? QualityScore { get; set; }

    /// <summary>The numbers of findings by category and severity.</summary>
    public OdcCodeCounts? Summary { get; set; }

    public IReadOnlyList<OdcCodeFinding>? Findings { get; set => field = value.Present(); }

    /// <summary>The analysed asset. The answers lack it; it is known from the start of the analysis or from a finding.</summary>
    [JsonIgnore]
    public string? AssetKey { get; internal set; }

    [JsonIgnore]
    public string? AssetName { get; internal set; }

    [JsonIgnore]
    public int? Revision { get; internal set; }

    /// <summary>How many findings are critical; null until the analysis has completed.</summary>
    [JsonIgnore]
    public long? CriticalCount => Summary?.Count("Critical", []);

    [JsonIgnore]
    public bool IsTerminal => IsSuccess || Is("Failed") || Is("Timeout");

    [JsonIgnore]
    public bool IsSuccess => Is("Completed");

    string? ILongRunning.OperationKey => AnalysisKey;

    OperationDescriptor ILongRunning.Descriptor => CodeAnalyses.Descriptor;

    internal override IEnumerable<OdcResource?> Parts => [Summary, .. Findings ?? []];

    public override string ToString() => AnalysisKey ?? "";

    private bool Is(string status) => string.Equals(Status, status, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The newest analysis of a revision: its score and the numbers of findings.</summary>
[Columns("AssetName 24", "Revision 8", "AnalysisDate 17", "QualityScore 12", "CriticalCount 13", "HighCount")]
public sealed class OdcCodeAnalysisSummary : OdcResource
{
    public string? AssetKey { get; set; }

    [JsonIgnore]
    public string? AssetName { get; internal set; }

    [JsonPropertyName("assetRevision")]
    public int? Revision { get; set; }

    public DateTimeOffset? AnalysisDate { get; set; }

    /// <summary>The quality score from 0 to 100, of all categories together.</summary>
    public double? QualityScore { get; set; }

    /// <summary>The numbers of findings by category and severity.</summary>
    public OdcCodeCounts? Summary { get; set; }

    [JsonIgnore]
    public long? CriticalCount => Summary?.Count("Critical", []);

    [JsonIgnore]
    public long? HighCount => Summary?.Count("High", []);

    [JsonIgnore]
    public long? MediumCount => Summary?.Count("Medium", []);

    [JsonIgnore]
    public long? LowCount => Summary?.Count("Low", []);

    internal override IEnumerable<OdcResource?> Parts => [Summary];

    public override string ToString() => FormattableString.Invariant($"{AssetName ?? AssetKey} revision {Revision}: {QualityScore}");
}

/// <summary>Numbers of findings by category and severity.</summary>
public sealed class OdcCodeCounts : OdcResource
{
    public OdcCodeCategories? Categories { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [Categories];

    /// <summary>How many findings of a severity there are in some categories, or in all; null if the service reports no number of one of these, or none at all.</summary>
    internal long? Count(string severity, IReadOnlyCollection<string> categories)
    {
        if (Categories is null)
            return null;
        var counts = Categories.All.Where(c => categories.Count == 0 ? c.Counts is not null : categories.Contains(c.Category, StringComparer.OrdinalIgnoreCase)).Select(c => c.Counts?.Of(severity)).ToList();
        return counts.Count == 0 || counts.Contains(null) ? null : counts.Sum();
    }

    /// <summary>How many findings there are in some categories, or in all, as far as the service reports numbers.</summary>
    internal long Total(IReadOnlyCollection<string> categories) =>
        (Count("Critical", categories) ?? 0) + (Count("High", categories) ?? 0) + (Count("Medium", categories) ?? 0) + (Count("Low", categories) ?? 0);

    public override string ToString() => Categories?.ToString() ?? "";
}

/// <summary>Numbers of findings by severity, for each category.</summary>
public sealed class OdcCodeCategories : OdcResource
{
    public OdcSeverityCounts? Security { get; set; }

    public OdcSeverityCounts? Performance { get; set; }

    public OdcSeverityCounts? Architecture { get; set; }

    public OdcSeverityCounts? Maintainability { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [Security, Performance, Architecture, Maintainability];

    internal IEnumerable<(string Category, OdcSeverityCounts? Counts)> All =>
        [("security", Security), ("performance", Performance), ("architecture", Architecture), ("maintainability", Maintainability)];

    public override string ToString() => string.Join("; ", All.Where(c => c.Counts is not null).Select(c => $"{c.Category}: {c.Counts}"));
}

/// <summary>Numbers of findings by severity.</summary>
public sealed class OdcSeverityCounts : OdcResource
{
    [JsonPropertyName("criticalSeverity")]
    public long? Critical { get; set; }

    [JsonPropertyName("highSeverity")]
    public long? High { get; set; }

    [JsonPropertyName("mediumSeverity")]
    public long? Medium { get; set; }

    [JsonPropertyName("lowSeverity")]
    public long? Low { get; set; }

    internal long? Of(string severity) => severity switch { "Critical" => Critical, "High" => High, "Medium" => Medium, _ => Low };

    public override string ToString() => FormattableString.Invariant($"{Critical} critical, {High} high, {Medium} medium, {Low} low");
}

/// <summary>Reads analyses and their summaries, and describes analyses as long-running operations.</summary>
internal static class CodeAnalyses
{
    internal static OperationDescriptor<OdcCodeAnalysis> Descriptor { get; } = new(
        "code analysis",
        "Get-OdcCodeAnalysis",
        (client, analysis, caller, cancellationToken) => ReadAsync(client, analysis.AnalysisKey!, caller, cancellationToken),
        // The API reports no reason of a failure.
        (_, _, _, _) => Task.FromResult<IReadOnlyList<string>>([]))
    {
        UnnamedAsset = analysis => analysis.AssetName is null ? analysis.AssetKey : null,
        About = (client, analysis) => (analysis.AssetName ?? client.Names.AssetNames.Of(analysis.AssetKey)) is { } name ? FormattableString.Invariant($"{name} revision {analysis.Revision}") : null,
        Complete = (before, now) =>
            (now.AssetKey, now.AssetName, now.Revision) = (before.AssetKey ?? now.AssetKey, before.AssetName ?? now.AssetName, before.Revision ?? now.Revision),
    };

    /// <summary>An analysis with all its findings, which come in pages.</summary>
    internal static async Task<OdcCodeAnalysis> ReadAsync(OdcClient client, string key, ICaller caller, CancellationToken cancellationToken)
    {
        var analysis = await PageAsync(0).ConfigureAwait(false);
        var page = analysis.Findings ?? [];
        if (page.Count > 0)
        {
            var findings = page.ToList();
            var seen = new HashSet<string>(findings.Select(f => f.FindingKey).OfType<string>(), StringComparer.OrdinalIgnoreCase);
            while (page.Count == CodeQualityApi.LargestPage)
            {
                page = (await PageAsync(findings.Count).ConfigureAwait(false)).Findings ?? [];
                // A service that ignores the offset returns the same page again and again.
                if (page.Count > 0 && page.All(f => f.FindingKey is { } known && !seen.Add(known)))
                    break;
                findings.AddRange(page);
            }

            await FindingReader.NameAsync(client, findings, caller, cancellationToken).ConfigureAwait(false);
            analysis.Findings = findings;
            (analysis.AssetKey, analysis.AssetName, analysis.Revision) = (findings[0].AssetKey, findings[0].AssetName, findings[0].Revision);
        }

        return analysis;

        Task<OdcCodeAnalysis> PageAsync(int offset)
        {
            var query = new Query().Add("Limit", CodeQualityApi.LargestPage);
            return client.GetAsync(CodeQualityApi.GetCodeAnalysis, [key], offset == 0 ? query : query.Add("Offset", offset), caller, cancellationToken);
        }
    }

    /// <summary>The summary of the newest analysis of a revision; null if there is none, or no such revision.</summary>
    internal static async Task<OdcCodeAnalysisSummary?> FindSummaryAsync(OdcClient client, string assetKey, int revision, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(CodeQualityApi.GetAnalysisSummary, [assetKey, revision.ToString(CultureInfo.InvariantCulture)], query: null, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e is { Cause: OdcErrorCause.NotFound, StatusCode: 404 })
        {
            return null;
        }
    }

    /// <summary>The summary of the newest analysis of a revision.</summary>
    /// <exception cref="OdcException">The revision was not analysed yet, or there is no such revision.</exception>
    internal static async Task<OdcCodeAnalysisSummary> SummaryAsync(OdcClient client, string assetKey, string label, int revision, ICaller caller, CancellationToken cancellationToken)
    {
        if (await FindSummaryAsync(client, assetKey, revision, caller, cancellationToken).ConfigureAwait(false) is { } found)
            return found;
        try
        {
            await client.GetAsync(AssetRepositoryApi.GetRevision, [assetKey, revision.ToString(CultureInfo.InvariantCulture)], query: null, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.NotFound)
        {
            throw new OdcException(OdcErrorCause.NotFound, FormattableString.Invariant($"There is no revision {revision} of {label} that this API client can see."), "Get-OdcAssetRevision lists the revisions of an asset.", e);
        }
        catch (OdcApiException e) when (!e.Cause.ConcernsSession())
        {
            caller.Verbose($"Whether the revision exists is not known: {e.Message}");
        }

        throw new OdcException(
            OdcErrorCause.NotFound, FormattableString.Invariant($"Revision {revision} of {label} has not been analysed yet."), FormattableString.Invariant($"Analyse it: Start-OdcCodeAnalysis {assetKey} {revision} -Wait."));
    }
}
