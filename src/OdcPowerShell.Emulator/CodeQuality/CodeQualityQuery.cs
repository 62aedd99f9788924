namespace OdcPowerShell.Emulator;

/// <summary>The filters that the lists of findings have in common. Without dates, they go back 14 days.</summary>
internal sealed class CodeQualityQuery
{
    private static readonly TimeSpan s_usualPeriod = TimeSpan.FromDays(14);
    private readonly HashSet<Guid> _assets;
    private readonly IReadOnlyList<string> _categories;
    private readonly IReadOnlyList<string> _severities;
    private readonly IReadOnlyList<string> _types;
    private readonly IReadOnlyList<string> _statuses;
    private readonly Guid? _portfolio;
    private readonly (int Low, int High)[] _scores;

    public CodeQualityQuery(QueryReader query, DateTimeOffset now)
    {
        _assets = [.. query.Guids("AssetKeys")];
        _categories = query.Choices("Categories", [.. CodeFinding.Categories]);
        _severities = query.Choices("Severities", [.. CodeFinding.Severities]);
        _types = query.Choices("AssetType", [.. EmulatedCodeQuality.Types]);
        _statuses = query.Choices("Status", [.. CodeFinding.Statuses]);
        _portfolio = query.Guid("PortfolioKey");
        To = query.Date("To") ?? now;
        Since = query.Date("Since") ?? To - s_usualPeriod;
        if (Since > To)
            throw ProblemException.BadParameter("The parameter 'Since' is after 'To'.");
        _scores = [.. (query.Text("ScoreRanges") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Range)];
    }

    public DateTimeOffset Since { get; }
    public DateTimeOffset To { get; }

    public bool HasAsset(Asset asset, double score) => (_assets.Count == 0 || _assets.Contains(asset.Key))
        && (_types.Count == 0 || _types.Contains(asset.Type, StringComparer.Ordinal))
        && (_portfolio ?? asset.PortfolioKey) == asset.PortfolioKey
        && (_scores.Length == 0 || Array.Exists(_scores, range => range.Low <= Math.Round(score) && Math.Round(score) <= range.High));

    /// <summary>By its pattern alone, whenever it was found.</summary>
    public bool HasPattern(CodeFinding finding) =>
        (_categories.Count == 0 || _categories.Contains(finding.Pattern.Category, StringComparer.OrdinalIgnoreCase))
        && (_severities.Count == 0 || _severities.Contains(finding.Pattern.Severity, StringComparer.Ordinal));

    public bool Has(CodeFinding finding, int latest) => HasPattern(finding)
        && finding.DiscoveredOn >= Since && finding.DiscoveredOn <= To
        && (_statuses.Count == 0 || _statuses.Contains(finding.StatusAt(latest), StringComparer.Ordinal));

    private static (int Low, int High) Range(string text)
    {
        var ends = text.Split('-');
        return ends.Length == 2 && int.TryParse(ends[0], CultureInfo.InvariantCulture, out var low) && int.TryParse(ends[1], CultureInfo.InvariantCulture, out var high)
            ? (low, high)
            : throw ProblemException.BadParameter($"The score range '{text}' is not valid.");
    }
}
