using System.Collections.ObjectModel;

namespace OdcPowerShell.CodeQuality;

/// <summary>The quality of an asset: its score and the numbers of findings, with their change since the analysis before.</summary>
[Columns("AssetName 23", "Revision 8", "Score 5", "ScoreDifference 15", "CriticalCount 13", "OpenCount 9", "AssetKey")]
public sealed class OdcCodeQualityMetric : OdcResource
{
    public string? AssetKey { get; set; }

    public string? AssetName { get; set; }

    [JsonPropertyName("assetRevision")]
    public int? Revision { get; set; }

    /// <summary>The quality score of the newest analysis, from 0 to 100.</summary>
    [JsonIgnore]
    public int? Score => ScoreChange?.LatestScore;

    /// <summary>How much the score changed since the analysis before.</summary>
    [JsonIgnore]
    public int? ScoreDifference => ScoreChange?.DifferenceScore;

    [JsonIgnore]
    public int? CriticalCount => SeverityCounts.LatestOf("Critical");

    [JsonIgnore]
    public int? HighCount => SeverityCounts.LatestOf("High");

    [JsonIgnore]
    public int? MediumCount => SeverityCounts.LatestOf("Medium");

    [JsonIgnore]
    public int? LowCount => SeverityCounts.LatestOf("Low");

    [JsonIgnore]
    public int? OpenCount => StatusCounts.LatestOf("Open");

    [JsonPropertyName("score")]
    public OdcCodeScore? ScoreChange { get; set; }

    /// <summary>The numbers of findings by severity.</summary>
    [JsonPropertyName("severity")]
    public IReadOnlyDictionary<string, OdcFindingCount?>? SeverityCounts { get; set => field = value.Present(); }

    /// <summary>The numbers of findings by status.</summary>
    [JsonPropertyName("status")]
    public IReadOnlyDictionary<string, OdcFindingCount?>? StatusCounts { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => [ScoreChange, .. SeverityCounts?.Values ?? [], .. StatusCounts?.Values ?? []];

    public override string ToString() => FormattableString.Invariant($"{AssetName ?? AssetKey}: {Score}");
}

/// <summary>A quality score, and its change since the analysis before.</summary>
public sealed class OdcCodeScore : OdcResource
{
    public int? LatestScore { get; set; }

    public int? DifferenceScore { get; set; }

    public override string ToString() => FormattableString.Invariant($"{LatestScore}");
}

/// <summary>A number of findings, and its change since the analysis before.</summary>
public sealed class OdcFindingCount : OdcResource
{
    public int? LatestFindingsCount { get; set; }

    public int? FindingsDifferenceCount { get; set; }

    public override string ToString() => FormattableString.Invariant($"{LatestFindingsCount}");
}

/// <summary>Numbers of findings by a word, whose text is <c>Critical=2; High=5</c>.</summary>
public sealed class OdcFindingCounts : ReadOnlyDictionary<string, OdcFindingCount?>
{
    internal OdcFindingCounts(IDictionary<string, OdcFindingCount?> counts)
        : base(counts)
    {
    }

    public override string ToString() => string.Join("; ", this.Select(count => $"{count.Key}={count.Value}"));
}

internal static class FindingCounts
{
    /// <summary>The table with a readable text, in which the case of words does not matter.</summary>
    internal static IReadOnlyDictionary<string, OdcFindingCount?>? Present(this IReadOnlyDictionary<string, OdcFindingCount?>? counts)
    {
        if (counts is null or OdcFindingCounts)
            return counts;
        var table = new Dictionary<string, OdcFindingCount?>(StringComparer.OrdinalIgnoreCase);
        foreach (var count in counts)
            table[count.Key] = count.Value;
        return new OdcFindingCounts(table);
    }

    internal static int? LatestOf(this IReadOnlyDictionary<string, OdcFindingCount?>? counts, string word) =>
        counts is not null && counts.TryGetValue(word, out var count) ? count?.LatestFindingsCount : null;
}

/// <summary>When the code of the tenant, or of a portfolio, was and will be analysed.</summary>
[Columns("Status 20", "CompletedOn 18", "NewFindingsCount 17", "SolvedFindingsCount 20", "ScheduledOn 17", "ErrorMessage")]
public sealed class OdcCodeQualityStatus : OdcResource
{
    public OdcCodeQualityRun? LastSuccessfulAnalysis { get; set; }

    public OdcCodeQualityRun? LatestAnalysis { get; set; }

    public OdcNextCodeAnalysis? NextAnalysis { get; set; }

    /// <summary>The status of the latest analysis.</summary>
    [JsonIgnore]
    public string? Status => LatestAnalysis?.Status;

    [JsonIgnore]
    public DateTimeOffset? CompletedOn => LatestAnalysis?.CompletedOn;

    [JsonIgnore]
    public int? NewFindingsCount => LatestAnalysis?.NewFindingsCount;

    [JsonIgnore]
    public int? SolvedFindingsCount => LatestAnalysis?.SolvedFindingsCount;

    [JsonIgnore]
    public string? ErrorMessage => LatestAnalysis?.ErrorMessage;

    /// <summary>When the next analysis starts.</summary>
    [JsonIgnore]
    public DateTimeOffset? ScheduledOn => NextAnalysis?.ScheduledOn;

    /// <summary>The portfolio that was asked for; null for the tenant.</summary>
    [JsonIgnore]
    public string? PortfolioKey { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => [LastSuccessfulAnalysis, LatestAnalysis, NextAnalysis];

    public override string ToString() => LatestAnalysis?.ToString() ?? "";
}

/// <summary>An analysis of all assets.</summary>
public sealed class OdcCodeQualityRun : OdcResource
{
    public string? Status { get; set; }

    public DateTimeOffset? StartedOn { get; set; }

    public DateTimeOffset? CompletedOn { get; set; }

    public int? NewFindingsCount { get; set; }

    public int? SolvedFindingsCount { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public override string ToString() => Status ?? "";
}

/// <summary>The next analysis of all assets.</summary>
public sealed class OdcNextCodeAnalysis : OdcResource
{
    public DateTimeOffset? ScheduledOn { get; set; }

    public override string ToString() => FormattableString.Invariant($"{ScheduledOn:yyyy-MM-dd HH:mm}Z");
}

/// <summary>The answer with the status.</summary>
internal sealed class CodeQualityStatusAnswer
{
    public OdcCodeQualityStatus? Result { get; set; }
}
