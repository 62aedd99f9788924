namespace OdcPowerShell.Cmdlets.ExternalLibraries;

/// <summary>Gets generations of external libraries and their states.</summary>
/// <remarks>
/// <para>The newest is first. The service lists all generations at once, and the command filters them. A generation has the key and the name of its library from the status ReadyForReview on.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcExternalLibraryGeneration -Status GenerationError, DownloadError -Since (Get-Date).AddDays(-7)</code>
/// <para>Gets the generations of the last week that failed.</para>
/// </example>
/// <example>
/// <code>Get-OdcExternalLibraryGeneration -Status Generating, Downloading | Wait-OdcOperation</code>
/// <para>Waits for all generations that run.</para>
/// </example>
/// <example>
/// <code>Get-OdcExternalLibraryGeneration -FileName Calc*.zip | Select-Object -First 1</code>
/// <para>Gets the latest generation from files with such a name.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcExternalLibraryGeneration", DefaultParameterSetName = KeySet)]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.ListGenerations), Without = "Generation")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetGeneration), With = "Generation")]
[OutputType(typeof(OdcExternalLibraryGeneration))]
public sealed class GetOdcExternalLibraryGenerationCommand : ConnectedCmdlet
{
    // The default, so that piped input is never used as a filter.
    private const string KeySet = "ByKey";
    private const string ListSet = "List";

    /// <summary>The generations to read again: objects, or keys.</summary>
    [Parameter(ParameterSetName = KeySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcExternalLibraryGeneration))]
    public ObjectReference[] Generation { get; set; } = [];

    /// <summary>Only generations from files with this name; wildcards are allowed. A name without wildcards that no generation has is an error.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? FileName { get; set; }

    /// <summary>Only generations of this library, by name or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("LibraryKey", "AssetKey", "Asset")]
    [Reference(typeof(OdcAsset))]
    [Names]
    public ObjectReference? Library { get; set; }

    /// <summary>Only generations in these states: Generating, ReadyForReview, Downloading, Completed, GenerationError or DownloadError.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [Values("Generating", "ReadyForReview", "Downloading", "Completed", "GenerationError", "DownloadError", "None")]
    public string[]? Status { get; set; }

    /// <summary>Only generations that were started then or later. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Date]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only generations that were started before then. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("To")]
    [Date]
    public DateTimeOffset? Before { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Generation.Length == 0)
        {
            WriteList();
            return;
        }

        foreach (var generation in Generation)
        {
            if (KeyOf(generation) is { } key)
                ReadFor(generation.Target, (caller, stopped) => Client.GetAsync(ExternalLibrariesApi.GetGeneration, [key], query: null, caller, stopped), Write);
        }
    }

    private void WriteList()
    {
        var pattern = FileName is null ? null : Run(() => new NamePattern(FileName));
        var all = Run(stopped => LibraryOperations.List(Client).ReadAllAsync(Caller, stopped));
        var named = all.Where(g => pattern?.Fits(g.FileName) != false).ToList();
        if (named.Count == 0 && pattern is { IsLiteral: true })
        {
            WriteError(ErrorRecords.From(new OdcException(
                OdcErrorCause.NotFound, $"There is no generation from a file with the name '{FileName}'.", NearNames.Advice(FileName!, all.Select(g => g.FileName))), FileName));
        }

        foreach (var generation in named.Where(IsWanted))
            Write(generation);
    }

    private bool IsWanted(OdcExternalLibraryGeneration generation) =>
        (Library is null || string.Equals(generation.AssetKey, Library.Key, StringComparison.OrdinalIgnoreCase))
        && (Status is null || Status.Contains(generation.Status, StringComparer.OrdinalIgnoreCase))
        && !(generation.CreatedAt < Since) && !(generation.CreatedAt >= Before);
}
