namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the revisions of assets: all, the latest, the one with the highest tag, or one by number.</summary>
/// <remarks>
/// <para>The property Version is the tag as a version, so that Sort-Object Version puts 1.10.0 after 1.9.0.</para>
/// <para>The number in a piped object is not used for -Revision: an asset has the number of its latest revision, but means all its revisions. To read many revisions of many assets in few requests, use Find-OdcAssetRevision.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetRevision 'Order Desk' -Tagged | Sort-Object Version</code>
/// <para>Gets the tagged revisions of an app, the lowest version first.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type LowCodeLibrary | Get-OdcAssetRevision -HighestTag</code>
/// <para>Gets the highest version of each library; nothing for those that were never tagged.</para>
/// </example>
/// <example>
/// <code>(Get-OdcAssetRevision 'Order Desk' -Latest).Revision</code>
/// <para>Gets the number of the latest revision.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetRevision", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), Without = "Latest, HighestTag, Revision")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), With = "Latest")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetHighestTagRevision), With = "HighestTag")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetRevision), With = "Revision")]
[OutputType(typeof(OdcAssetRevision))]
public sealed class GetOdcAssetRevisionCommand : LargePageCmdlet
{
    private const string ListSet = "List";
    private const string LatestSet = "Latest";
    private const string HighestTagSet = "HighestTag";
    private const string RevisionSet = "ByRevision";

    /// <summary>The assets: objects from Get-OdcAsset, names, keys, URLs of the ODC Portal, or rows with a column AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>Gets the latest revision.</summary>
    [Parameter(ParameterSetName = LatestSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter Latest { get; set; }

    /// <summary>Gets the revision with the highest tag; nothing for an asset that was never tagged.</summary>
    [Parameter(ParameterSetName = HighestTagSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter HighestTag { get; set; }

    /// <summary>The numbers of the revisions.</summary>
    [Parameter(ParameterSetName = RevisionSet, Mandatory = true, Position = 1)]
    [Alias("AssetRevision", "RevisionNumber")]
    [ValidateRange(1, int.MaxValue)]
    public int[] Revision { get; set; } = [];

    /// <summary>Only the revision with this tag, for example 1.2.0.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("tag")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Tag { get; set; }

    /// <summary>Only revisions with a tag; with -Tagged:$false only those without.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("isTagged", SendsFalse = true)]
    [ValueRequired]
    public SwitchParameter Tagged { get; set; }

    /// <summary>Only revisions that were created then or later. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("revisionDateTimeSince")]
    [Date]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only revisions that were created then or earlier. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("To")]
    [QueryParameter("revisionDateTimeTo")]
    [Date]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only revisions with this text in their commit message.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("commitMessage")]
    public string? CommitMessage { get; set; }

    /// <summary>Only revisions with this model digest.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("modelDigest")]
    public string? ModelDigest { get; set; }

    /// <summary>What else to read of each revision: releaseNote, icon, sourceCode, signature, metadata, or several. It is in the property Embedded.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.AssetEmbeds)]
    [QueryParameter("embed")]
    public string[]? Embed { get; set; }

    /// <summary>The field to sort by: revision (the default) or tag.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Values("revision", "tag")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order; by revision unless -Sort is specified.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (!HasEnough && KeyOf(asset) is { } key)
                WriteOf(key, asset.Target);
        }
    }

    private void WriteOf(string key, object target)
    {
        var query = QueryBinder.Bind(this);
        switch (ParameterSetName)
        {
            case LatestSet:
                WriteOne(target, stopped => Client.GetAsync(AssetRepositoryApi.GetLatestRevision, [key], query, Caller, stopped)!);
                break;
            case HighestTagSet:
                WriteOne(target, stopped => AssetLookup.HighestTagAsync(Client, key, query, Caller, stopped));
                break;
            case RevisionSet:
                foreach (var number in Revision)
                    WriteOne(target, stopped => Client.GetAsync(AssetRepositoryApi.GetRevision, [key, number.ToString(System.Globalization.CultureInfo.InvariantCulture)], query, Caller, stopped)!);
                break;
            default:
                WriteAll(new OffsetPages<OdcAssetRevision>(Client, AssetRepositoryApi.ListRevisions, query.AddSort(Sort, Descending, "revision"), WindowOfInput, key), target);
                break;
        }
    }

    private void WriteOne(object target, Func<CancellationToken, Task<OdcAssetRevision?>> read)
    {
        if (RunFor(target, read) is { } revision)
            Write(revision);
    }
}
