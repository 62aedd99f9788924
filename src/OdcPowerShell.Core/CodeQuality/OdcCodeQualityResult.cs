namespace OdcPowerShell.CodeQuality;

/// <summary>Whether the code of a revision keeps the limits of a test. Start-OdcDeployment takes one that passed, as if what was tested were piped.</summary>
[Columns("AssetName 24", "Revision 8", "Passed 6", "QualityScore 12", "CriticalCount 13", "Reasons")]
public sealed class OdcCodeQualityResult : OdcResource
{
    public string? AssetKey { get; internal set; }

    public string? AssetName { get; internal set; }

    public int? Revision { get; internal set; }

    /// <summary>Whether all limits were kept.</summary>
    public bool Passed { get; internal set; }

    /// <summary>The quality score from 0 to 100, of all categories together; null if the service reports none.</summary>
    public double? QualityScore { get; internal set; }

    /// <summary>The critical findings of the tested categories.</summary>
    public long? CriticalCount { get; internal set; }

    public long? HighCount { get; internal set; }

    public long? MediumCount { get; internal set; }

    public long? LowCount { get; internal set; }

    /// <summary>The limits that were not kept, one sentence each.</summary>
    public IReadOnlyList<string>? Reasons { get; internal set => field = value.Present(); }

    /// <summary>The tested categories; null for all.</summary>
    public IReadOnlyList<string>? Categories { get; internal set => field = value.Present(); }

    /// <summary>When the revision was analysed, if the service reports it.</summary>
    public DateTimeOffset? AnalysisDate { get; internal set; }

    /// <summary>The object that was piped to the test, such as an impact analysis or a build; null for a name, a key or a row.</summary>
    public OdcResource? Input { get; internal set; }

    /// <summary>Each limit, and whether it was kept.</summary>
    internal IReadOnlyList<QualityCheck> Checks { get; set; } = [];

    internal string What => FormattableString.Invariant($"{AssetName ?? AssetKey} revision {Revision}");

    public override string ToString() => $"{What}: {(Passed ? "passed" : "failed")}";
}

/// <summary>A limit, and why it was not kept; null if it was.</summary>
internal sealed record QualityCheck(string Limit, string? Reason);

/// <summary>The limits of a test.</summary>
/// <param name="MinimumScore">The lowest score.</param>
/// <param name="Most">The most findings by severity, for the severities that are limited.</param>
/// <param name="Categories">The categories whose findings are counted; none for all.</param>
internal sealed record QualityLimits(double MinimumScore, IReadOnlyList<(string Severity, int Most)> Most, IReadOnlyList<string> Categories)
{
    /// <summary>Compares the numbers of an analysis with the limits. A number that the service does not report keeps no limit.</summary>
    internal void Judge(OdcCodeQualityResult result, double? score, OdcCodeCounts? counts)
    {
        result.QualityScore = score;
        (result.CriticalCount, result.HighCount, result.MediumCount, result.LowCount) = (Count("Critical"), Count("High"), Count("Medium"), Count("Low"));
        result.Categories = Categories.Count == 0 ? null : Categories;
        result.Checks =
        [
            new QualityCheck(FormattableString.Invariant($"Score of at least {MinimumScore}"), OfScore(score)),
            .. Most.Select(limit => new QualityCheck(FormattableString.Invariant($"{limit.Severity} findings: at most {limit.Most}"), OfCount(limit.Severity, limit.Most))),
        ];
        result.Reasons = [.. result.Checks.Select(check => check.Reason).OfType<string>()];
        result.Passed = result.Reasons!.Count == 0;

        long? Count(string severity) => counts?.Count(severity, Categories);

        string? OfCount(string severity, int most) => Count(severity) switch
        {
            null => FormattableString.Invariant($"The service reports no number of {severity.ToLowerInvariant()} findings; at most {most} are allowed."),
            var count when count > most => FormattableString.Invariant($"{count} {severity.ToLowerInvariant()} {(count == 1 ? "finding" : "findings")}; at most {most} allowed."),
            _ => null,
        };
    }

    private string? OfScore(double? score) => score switch
    {
        _ when MinimumScore <= 0 => null,
        null => FormattableString.Invariant($"The service reports no score; at least {MinimumScore} is needed."),
        < 0 or double.NaN => FormattableString.Invariant($"The score {score} is not valid; at least {MinimumScore} is needed."),
        _ when score < MinimumScore => FormattableString.Invariant($"The score is {score}; at least {MinimumScore} is needed."),
        _ => null,
    };
}
