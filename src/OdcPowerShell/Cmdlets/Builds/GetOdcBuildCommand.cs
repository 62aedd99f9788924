namespace OdcPowerShell.Cmdlets.Builds;

/// <summary>Gets builds of a revision of an asset.</summary>
/// <remarks>
/// <para>With -Asset and -Revision, gets all builds of the revision. With -Build, gets one by its key.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Get-OdcBuild</code>
/// <para>Gets the builds of the latest revision of an asset.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Get-OdcBuild -BuildType Debug</code>
/// <para>Gets its Debug builds only.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcBuild", DefaultParameterSetName = BuildSet)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds), Without = "Build")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild), With = "Build")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcBuild))]
public sealed class GetOdcBuildCommand : ConnectedCmdlet
{
    // The default, so that a text from the pipeline is a build's key and not an asset's.
    private const string BuildSet = "ByBuild";
    private const string ListSet = "List";

    /// <summary>The builds to read: keys, or objects with a property BuildKey such as builds and deployments. With the name of an asset, gets the builds of one of its revisions.</summary>
    [Parameter(ParameterSetName = BuildSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("BuildKey")]
    [References(typeof(OdcBuild), IsChoice = true, Follows = true, OrAsset = true)]
    public ObjectReference[] Build { get; set; } = [];

    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), IsChoice = true, Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision whose builds to get: its number or its tag. Without it, the latest revision of an asset that is specified by name or key.</summary>
    [Parameter(ParameterSetName = BuildSet, Position = 1)]
    [Parameter(ParameterSetName = ListSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>Only builds of this type: Debug or Release.</summary>
    [Parameter]
    [Values("Release", "Debug")]
    public string? BuildType { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var build in Build.Where(b => b.Type == ResourceTypes.Build))
        {
            if (KeyOf(build) is { } key)
                ReadFor(build.Target, (caller, stopped) => Client.GetAsync(BuildsApi.GetBuild, [key], query: null, caller, stopped), Write);
        }

        foreach (var asset in Asset.Concat(Build.Where(b => b.Type == ResourceTypes.Asset)))
        {
            if (KeyOf(asset) is { } key && RevisionOf(asset, key, Revision) is { } revision)
                ReadFor(asset.Target, (caller, stopped) => BuildOperations.OfRevisionAsync(Client, key, revision, BuildType, caller, stopped), builds => builds.ToList().ForEach(Write));
        }
    }
}
