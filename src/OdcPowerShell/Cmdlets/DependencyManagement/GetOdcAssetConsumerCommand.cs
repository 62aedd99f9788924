namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the consumers of assets, or of single revisions.</summary>
/// <remarks>
/// <para>The service searches one stage: Development, where assets are published, unless -Stage names another.</para>
/// <para>For a piped asset, library or element, gets the consumers of all revisions of the asset. For a piped revision, a deployed asset of Get-OdcDeployedAsset -Flat, or a row with a column Revision, gets the consumers of that revision.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetConsumer 'Money Formats' -Stage Production</code>
/// <para>Gets the consumers of a library in production.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type LowCodeLibrary | Where-Object { -not ($_ | Get-OdcAssetConsumer) }</code>
/// <para>Gets the libraries that nothing in Development uses.</para>
/// </example>
/// <example>
/// <code>Get-OdcPublicElement 'Common UI' | Get-OdcAssetConsumer | Group-Object Name</code>
/// <para>Counts for each app how many elements of a library it uses.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetConsumer")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListConsumers), Without = "Revision")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListRevisionConsumers), With = "Revision")]
[OutputType(typeof(OdcAssetDependency))]
public sealed class GetOdcAssetConsumerCommand : ConnectedCmdlet
{
    private bool _isRevisionTyped;

    /// <summary>The assets: objects from Get-OdcAsset, Get-OdcAssetRevision or Get-OdcPublicElement, names, keys, or rows with a column AssetKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The number of the revision whose consumers to get; without it, those of all revisions.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [BlankIsNothing]
    public int? Revision { get; set; }

    /// <summary>The stage to search: a name, a key, or an object from Get-OdcStage. Without it, the stage where assets are published.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage))]
    [Names]
    [QueryParameter("environmentKey")]
    public ObjectReference? Stage { get; set; }

    /// <summary>Only consumers of the public element with this key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ElementKey")]
    [QueryParameter("publicElementKey")]
    public string? PublicElementKey { get; set; }

    /// <summary>Gets all revisions of each consumer, instead of only the highest.</summary>
    [Parameter]
    [QueryParameter("allowMultipleVersions")]
    [ValueRequired]
    public SwitchParameter AllVersions { get; set; }

    /// <summary>The field to sort by. The service supports only name.</summary>
    [Parameter]
    [Values("name")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isRevisionTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Revision));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            // This comes before the look-up of a name, because a looked-up object was not specified by the user.
            var number = _isRevisionTyped || asset.Resource is null ? Revision : RevisionReference.Meant(asset.Resource);
            if (KeyOf(asset) is { } key)
                WriteOf(asset, key, number);
        }
    }

    private void WriteOf(ObjectReference asset, string key, int? number)
    {
        var revision = new RevisionReference(asset, number ?? 0);
        var operation = number is null ? DependencyManagementApi.ListConsumers : DependencyManagementApi.ListRevisionConsumers;
        string[] keys = number is null ? [key] : revision.Keys;
        var query = QueryBinder.Bind(this).AddSort(Sort, Descending);
        ReadFor(revision.Target, (caller, stopped) => Client.GetAsync(operation, keys, query, caller, stopped), page =>
        {
            foreach (var consumer in page.Results ?? [])
            {
                (consumer.ProducerAssetKey, consumer.ProducerAssetName, consumer.ProducerRevision) = (key, revision.AssetName, number);
                Write(consumer);
            }
        });
    }
}
