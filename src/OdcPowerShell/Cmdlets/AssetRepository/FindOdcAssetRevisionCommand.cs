namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Finds many revisions of many assets in few requests.</summary>
/// <remarks>
/// <para>Each row names an asset and exactly one of Revision, Digest and HighestTag. A typed parameter applies to all rows, and columns for the other two are then ignored. One request reads 100 rows.</para>
/// <para>A revision or digest that the asset does not have is an error of its row. An asset that was never tagged has no highest tag, and nothing is written for it.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset -BuiltIn:$false | Find-OdcAssetRevision -HighestTag</code>
/// <para>Gets the highest version of each asset of the organization.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage Production -Flat | Find-OdcAssetRevision | Select-Object Name, Revision, CommitMessage</code>
/// <para>Lists the commit messages of what runs in production.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "OdcAssetRevision")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.SearchRevisions))]
[OutputType(typeof(OdcAssetRevision))]
public sealed class FindOdcAssetRevisionCommand : ConnectedCmdlet
{
    private WantedRevisions _wanted = new();
    private HashSet<string> _typed = [];

    /// <summary>The assets: objects from Get-OdcAsset, names, keys, or rows with a column AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The number of the revision.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [BlankIsNothing]
    public int? Revision { get; set; }

    /// <summary>The model digest of the revision.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Digest { get; set; }

    /// <summary>The revision with the highest tag.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsHighestTag")]
    [YesNo(BlankIsNo = true)]
    public SwitchParameter HighestTag { get; set; }

    /// <summary>What else to read of each revision: releaseNote, icon, sourceCode, signature, metadata, or several. It is in the property Embedded.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.AssetEmbeds)]
    public string[]? Embed { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _typed = [.. MyInvocation.BoundParameters.Keys.Where(p => p is nameof(Revision) or nameof(Digest) or nameof(HighestTag))];
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key)
                continue;
            var wanted = new WantedRevision(key, Counts(nameof(Revision)) ? Revision : null, Counts(nameof(Digest)) ? Digest : null, Counts(nameof(HighestTag)) && HighestTag);
            if (!wanted.IsOne)
                WriteError(ErrorRecords.From(WantedRevision.NotOne(asset.Text), asset.Target));
            else if (_wanted.Add(wanted) == AssetRepositoryApi.RowsPerSearch)
                WriteFound();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteFound();
        base.EndProcessing();
    }

    private bool Counts(string parameter) => _typed.Count == 0 || _typed.Contains(parameter);

    private void WriteFound()
    {
        if (_wanted.Count == 0)
            return;
        var wanted = _wanted;
        _wanted = new WantedRevisions();
        var request = AssetRepositoryApi.SearchRevisions.Request([], body: wanted.Body(Embed).ToContent());
        ReadFor(wanted.AssetKeys, (caller, stopped) => Client.SendAsync(request, AssetRepositoryApi.SearchRevisions, caller, stopped), answer =>
        {
            var found = answer.Results ?? [];
            foreach (var revision in wanted.InOrder(found))
                Write(revision);
            foreach (var missing in wanted.Missing(found))
                WriteError(ErrorRecords.From(missing.NotFound(), missing.AssetKey));
        });
    }
}

/// <summary>Revisions for one search request.</summary>
internal sealed class WantedRevisions
{
    private readonly List<WantedRevision> _rows = [];

    internal int Count => _rows.Count;

    internal IReadOnlyList<string> AssetKeys => [.. _rows.Select(r => r.AssetKey)];

    /// <summary>Adds a row, and returns the number of rows.</summary>
    internal int Add(WantedRevision row)
    {
        _rows.Add(row);
        return _rows.Count;
    }

    internal RequestBody Body(string[]? embed)
    {
        var body = new RequestBody().Add("assetVersionFilters", _rows.Select(r => r.ToFilter()).ToArray());
        return embed is null ? body : body.Add("embeds", embed);
    }

    /// <summary>The revisions that were found, in the order of the rows.</summary>
    internal IEnumerable<OdcAssetRevision> InOrder(IEnumerable<OdcAssetRevision> found) =>
        found.OrderBy(revision => _rows.FindIndex(row => row.Fits(revision)) is >= 0 and var at ? at : int.MaxValue);

    /// <summary>The rows whose revision was not found. A missing highest tag is not an error: the asset has no tags.</summary>
    internal IEnumerable<WantedRevision> Missing(IReadOnlyList<OdcAssetRevision> found) => _rows.Where(row => !row.HighestTag && !found.Any(row.Fits));
}

/// <summary>A revision to search for: by number, by digest, or the one with the highest tag.</summary>
internal sealed record WantedRevision(string AssetKey, int? Revision, string? Digest, bool HighestTag)
{
    /// <summary>Whether it specifies the revision in exactly one way.</summary>
    internal bool IsOne => (Revision is null ? 0 : 1) + (string.IsNullOrWhiteSpace(Digest) ? 0 : 1) + (HighestTag ? 1 : 0) == 1;

    internal static OdcException NotOne(string asset) => new(
        OdcErrorCause.InvalidRequest, $"{asset}: specify exactly one of Revision, Digest and HighestTag.",
        "Use one of these parameters, or rows in which one of these columns has a value.");

    internal OdcException NotFound() => new(
        OdcErrorCause.NotFound, $"There is no asset with the key {AssetKey} that has {(Revision is null ? $"the model digest {Digest}" : $"the revision {Revision}")} and that this API client can see.",
        "Check the key and the revision: Get-OdcAssetRevision lists the revisions of an asset.");

    internal RequestBody ToFilter()
    {
        var filter = new RequestBody().Add("key", AssetKey);
        if (HighestTag)
            return filter.Add("isHighestTag", value: true);
        return Revision is null ? filter.Add("digest", Digest) : filter.Add("revision", Revision);
    }

    internal bool Fits(OdcAssetRevision revision) =>
        string.Equals(revision.AssetKey, AssetKey, StringComparison.OrdinalIgnoreCase)
        && (HighestTag ? revision.Tag is not null
            : Revision is null ? string.Equals(revision.ModelDigest, Digest, StringComparison.OrdinalIgnoreCase)
            : revision.Revision == Revision);
}
