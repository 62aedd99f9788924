namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that reads details of revisions of assets.</summary>
public abstract class RevisionCmdlet : ConnectedCmdlet
{
    private protected RevisionCmdlet()
    {
    }

    /// <summary>The assets: objects from Get-OdcAsset, Get-OdcAssetRevision or Get-OdcDeployedAsset -Flat, names, keys, URLs of the ODC Portal, or rows with a column AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The number of the revision. Without it, the latest revision, which takes one more request unless a piped object has it.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [BlankIsNothing]
    public int? Revision { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is { } key && NumberOf(asset, key) is { } number)
                WriteOf(new RevisionReference(asset, number));
        }
    }

    private protected abstract void WriteOf(RevisionReference revision);

    /// <summary>Reads and writes one detail of a revision.</summary>
    private protected void WriteDetail<T>(RevisionReference revision, Operation<T> operation)
        where T : OdcAssetPart
    {
        ReadFor(revision.Target, (caller, stopped) => Client.GetAsync(operation, revision.Keys, query: null, caller, stopped), part =>
        {
            (part.AssetKey, part.Revision) = (revision.Asset.Key, revision.Number);
            Write(part);
        });
    }

    /// <summary>Reads and writes a list of a revision.</summary>
    private protected void WriteList<T>(RevisionReference revision, Operation<Page<T>> operation, Query query, Action<T>? stamp = null)
        where T : OdcResource
    {
        ReadFor(revision.Target, (caller, stopped) => Client.GetAsync(operation, revision.Keys, query, caller, stopped), page =>
        {
            foreach (var item in page.Results ?? [])
            {
                stamp?.Invoke(item);
                Write(item);
            }
        });
    }

    // Look-ups are kept for a minute, so the revision in a looked-up asset may no longer be the latest.
    private int? NumberOf(ObjectReference asset, string key) =>
        Revision ?? RevisionReference.Meant(asset.Resource) ?? RunFor(asset.Target, stopped => Client.GetAsync(AssetRepositoryApi.GetLatestRevision, [key], query: null, Caller, stopped))?.Revision;
}
