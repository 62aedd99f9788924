namespace OdcPowerShell.Cmdlets.Builds;

/// <summary>Starts builds of revisions.</summary>
/// <remarks>
/// <para>Only a Release build can be deployed to all stages. The service allows ten starts a minute.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcBuild -Wait</code>
/// <para>Builds the latest revision of an asset and waits for it.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcBuild -WhatIf</code>
/// <para>Shows the request that would start it.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcBuild", SupportsShouldProcess = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.StartBuild))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuildLog), When = "for a build that failed")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcBuild))]
public sealed class StartOdcBuildCommand : StartCmdlet
{
    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcDeployedRevision), typeof(OdcBuild), typeof(OdcCodeQualityResult)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision to build: its number or its tag. Without it, the latest revision of an asset that is specified by name or key.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>Release, or Debug for the development stage only.</summary>
    [Parameter]
    [Values("Release", "Debug")]
    public string BuildType { get; set; } = BuildOperations.Release;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || RevisionOf(asset, key, Revision) is not { } revision)
                continue;
            var body = new RequestBody().Add("assetKey", key).Add("assetRevision", revision).Add("buildType", BuildType);
            if (Send($"{BuildType} build of {Label(asset)}, revision {revision}", asset.Target, BuildsApi.StartBuild, [], body) is { } started)
                Follow(asset, key, revision, started);
        }
    }

    private void Follow(ObjectReference asset, string assetKey, int revision, StartedBuild started)
    {
        if (RunFor(asset.Target, () => started.RequiredKey($"a build of {asset}")) is not { } buildKey)
            return;
        var build = ReadNew(buildKey, BuildsApi.GetBuild, key => BuildOperations.Started(key, assetKey, revision, BuildType));
        WriteOrWait(build);
    }
}
