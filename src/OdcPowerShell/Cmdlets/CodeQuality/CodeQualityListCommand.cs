namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>A cmdlet that reads findings, or numbers of findings, of a period. Piped assets are gathered for few requests.</summary>
public abstract class CodeQualityListCommand : LargePageCmdlet
{
    private const int MostAtOnce = 100;
    private readonly List<string> _keys = [];
    private bool _isAsked;
    private bool _isLimited;

    private protected CodeQualityListCommand()
    {
    }

    /// <summary>Only findings of these assets: objects from Get-OdcAsset, names, keys, or rows with a column AssetKey.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>Only findings of these categories: performance, security, architecture or maintainability.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(CodeQualityWords.Categories)]
    [QueryParameter("Categories")]
    public string[]? Category { get; set; }

    /// <summary>Only findings of these severities: Low, Medium, High or Critical.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(CodeQualityWords.Severities)]
    [QueryParameter("Severities")]
    public string[]? Severity { get; set; }

    /// <summary>Only findings that were discovered then or later. Without it, the service goes back 14 days before -To, or before now, and the command writes a warning. A time without a zone is local time.</summary>
    [Parameter]
    [QueryParameter("Since")]
    [Date]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only findings that were discovered then or earlier. A time without a zone is local time.</summary>
    [Parameter]
    [Alias("Before")]
    [QueryParameter("To")]
    [Date]
    public DateTimeOffset? To { get; set; }

    /// <summary>Only findings of this portfolio: a name, a key, or an object from Get-OdcPortfolio.</summary>
    [Parameter]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("PortfolioKey")]
    public ObjectReference? Portfolio { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _isAsked = true;
        _isLimited |= Asset.Length > 0;
        _keys.AddRange(Asset.Select(KeyOf).OfType<string>());
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // If none of the assets exists, there is no output. Without this check, the findings of all assets would be written.
        if (!_isAsked || (_isLimited && _keys.Count == 0))
            return;
        if (Since is null && (To ?? DateTimeOffset.UtcNow).UtcDateTime is { Year: > 2 } to)
        {
            var from = to.AddDays(-14);
            WriteWarning(FormattableString.Invariant($"Only what was discovered since {from:yyyy-MM-dd HH:mm}Z: without -Since, the service goes back 14 days. Specify an earlier date for the rest, such as -Since {from.AddYears(-1):yyyy-MM-dd}."));
        }

        WriteOf(_keys);
        base.EndProcessing();
    }

    /// <summary>Reads and writes what there is of some assets.</summary>
    /// <param name="assetKeys">The keys of the assets; none for all assets.</param>
    private protected abstract void WriteOf(IReadOnlyList<string> assetKeys);

    /// <summary>The query for all assets at once, whose numbers the service adds up.</summary>
    private protected Query Together(IReadOnlyList<string> assetKeys)
    {
        if (assetKeys.Count > MostAtOnce)
        {
            ThrowTerminatingError(ErrorRecords.From(
                new OdcException(
                    OdcErrorCause.InvalidRequest, FormattableString.Invariant($"The service adds up the findings of {MostAtOnce} assets at most, and these are {assetKeys.Count}."),
                    "Specify fewer assets or a portfolio with -Portfolio, or leave -Asset out for all assets."),
                target: null));
        }

        return QueryBinder.Bind(this).AddEach("AssetKeys", assetKeys);
    }

    /// <summary>Adds the fields to sort by. The name is repeated, with a minus for descending.</summary>
    private protected static Query Sorted(Query query, string[]? sort, bool descending, string usual) => sort is null && !descending
        ? query
        : query.AddEach("Sort", (sort ?? [usual]).Select(field => descending && !field.StartsWith("-", StringComparison.Ordinal) ? "-" + field : field));
}

/// <summary>A cmdlet that reads numbers of findings, of assets of one type and within ranges of scores.</summary>
public abstract class CodeQualityCountCommand : CodeQualityListCommand
{
    private protected CodeQualityCountCommand()
    {
    }

    /// <summary>Only assets of this type, for example WebApplication.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(CodeQualityWords.AssetTypes)]
    [QueryParameter("AssetType")]
    public string? AssetType { get; set; }

    /// <summary>Only assets whose quality score is in one of these ranges, for example 0-49, 50-84.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("0-49", "50-84", "85-100", IsOpen = true)]
    [QueryParameter("ScoreRanges", IsJoined = true)]
    public string[]? ScoreRange { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var range in ScoreRange?.SelectMany(r => r.Split(',')) ?? [])
        {
            var ends = range.Trim().Split('-');
            if (ends.Length != 2 || !ends.All(end => int.TryParse(end, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var score) && score <= 100))
                ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"'{range}' is not a range of scores.", "Specify the lowest and the highest score, such as 0-49."), target: null));
        }

        base.BeginProcessing();
    }
}

/// <summary>The words of the code quality API.</summary>
internal static class CodeQualityWords
{
    internal const string Categories = "performance, security, architecture, maintainability";
    internal const string Severities = "Low, Medium, High, Critical";
    internal const string Statuses = "Open, Resolved, Dismissed, Snoozed, Closed";
    internal const string AssetTypes = "WebApplication, MobileApplication, LowCodeLibrary, MobileLibrary";
}
