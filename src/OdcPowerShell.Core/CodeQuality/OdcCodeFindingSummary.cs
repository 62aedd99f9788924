using System.Text.Json;

namespace OdcPowerShell.CodeQuality;

/// <summary>How many findings there are in a group: of a category, a status and a severity.</summary>
[Columns("Category 17", "Severity 10", "Status 19", "FindingCount 12", "Difference 10", "Group")]
public sealed class OdcCodeFindingSummary : OdcResource
{
    public string? Category { get; internal set; }

    public string? Status { get; internal set; }

    public string? Severity { get; internal set; }

    public int? FindingCount { get; internal set; }

    /// <summary>How much the number changed since the analysis before; only with -IncludeChange.</summary>
    public int? Difference { get; internal set; }

    /// <summary>The words of the group by what the findings are grouped by.</summary>
    public IReadOnlyDictionary<string, string?>? Group { get; internal set => field = value.Present(); }

    public override string ToString() => FormattableString.Invariant($"{Group}: {FindingCount}");
}

/// <summary>The findings of a day, by their status.</summary>
[Columns("AnalysisDate 12", "OpenCount 9", "SnoozedCount 12", "DismissedCount 14", "ResolvedCount 13", "ClosedCount")]
public sealed class OdcCodeFindingTrend : OdcResource
{
    /// <summary>The day as the service writes it, usually as 2026-01-31.</summary>
    public string? AnalysisDate { get; set; }

    /// <summary>The day as a date; null if the text is not a date.</summary>
    [JsonIgnore]
    public DateTimeOffset? Date => DateText.Read(AnalysisDate);

    [JsonPropertyName("openFindingsCount")]
    public long? OpenCount { get; set; }

    [JsonPropertyName("snoozedFindingsCount")]
    public long? SnoozedCount { get; set; }

    [JsonPropertyName("dismissedFindingsCount")]
    public long? DismissedCount { get; set; }

    [JsonPropertyName("resolvedFindingsCount")]
    public long? ResolvedCount { get; set; }

    [JsonPropertyName("closedFindingsCount")]
    public long? ClosedCount { get; set; }

    public override string ToString() => FormattableString.Invariant($"{AnalysisDate}: {OpenCount}");
}

/// <summary>The answer with numbers of findings: groups inside groups, and numbers in the innermost.</summary>
internal sealed class CodeFindingsSummary
{
    public OdcFindingCount? TotalFindings { get; set; }

    public JsonElement? Results { get; set; }

    /// <summary>One row for each innermost group; without groups, one row for all findings.</summary>
    /// <param name="groupBy">What the levels are grouped by, the outermost first.</param>
    internal IReadOnlyList<OdcCodeFindingSummary> Rows(IReadOnlyList<string> groupBy)
    {
        var rows = new List<OdcCodeFindingSummary>();
        if (Results is { } results)
            AddRows(results, []);
        if (rows.Count == 0 && TotalFindings?.LatestFindingsCount is > 0)
            rows.Add(Row([], TotalFindings));
        return rows;

        void AddRows(JsonElement level, IReadOnlyList<string> words)
        {
            if (level.ValueKind == JsonValueKind.Number && words.Count > 0 && level.TryGetInt32(out var number))
                rows.Add(Row(words, new OdcFindingCount { LatestFindingsCount = number }));
            if (level.ValueKind != JsonValueKind.Object)
                return;
            if (words.Count > 0 && level.EnumerateObject().Any(m => string.Equals(JsonText.NameOf(m), "latestFindingsCount", StringComparison.OrdinalIgnoreCase)))
            {
                rows.Add(Row(words, level.Deserialize(OdcJson.Of<OdcFindingCount>())!));
                return;
            }

            foreach (var member in level.EnumerateObject())
                AddRows(member.Value, [.. words, JsonText.NameOf(member)]);
        }

        OdcCodeFindingSummary Row(IReadOnlyList<string> words, OdcFindingCount count)
        {
            var group = words.Select((word, i) => (Name: i < groupBy.Count ? groupBy[i] : FormattableString.Invariant($"Group{i + 1}"), word)).ToList();
            return new OdcCodeFindingSummary
            {
                Category = Of("Category"),
                Status = Of("Status"),
                Severity = Of("Severity"),
                FindingCount = count.LatestFindingsCount,
                Difference = count.FindingsDifferenceCount,
                Group = group.GroupBy(g => g.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => (string?)g.First().word, StringComparer.OrdinalIgnoreCase),
                Unknown = count.Unknown,
            };

            string? Of(string name) => group.Where(g => string.Equals(g.Name, name, StringComparison.OrdinalIgnoreCase)).Select(g => g.word).FirstOrDefault();
        }
    }
}

/// <summary>Reads lists of which the answer has no page object. A page with fewer objects than were asked for is the last one.</summary>
internal static class ShortPages
{
    internal static IPagedList<OdcCodeFindingTrend> Trend(OdcClient client, Query query, ListWindow window)
    {
        string? first = null;
        return new OffsetPages<OdcCodeFindingTrend>(FetchAsync, window);

        async Task<Page<OdcCodeFindingTrend>> FetchAsync(long offset, int limit, ICaller caller, CancellationToken cancellationToken)
        {
            var asked = query.Copy().Add("Limit", limit);
            if (offset > 0)
                asked.Add("Offset", checked((int)offset));
            var page = await client.GetAsync(CodeQualityApi.GetFindingsTrend, [], asked, caller, cancellationToken).ConfigureAwait(false);
            var days = page.Results ?? [];
            // A service that ignores the offset returns the same days again and again.
            if (days.Count > 0 && first is not null && days[0].AnalysisDate == first)
                days = [];
            first = days.Count > 0 ? days[0].AnalysisDate : first;
            return new Page<OdcCodeFindingTrend> { Results = days, Info = new PageInfo { NextPageOffset = days.Count == limit ? checked((int)(offset + limit)) : null } };
        }
    }
}
