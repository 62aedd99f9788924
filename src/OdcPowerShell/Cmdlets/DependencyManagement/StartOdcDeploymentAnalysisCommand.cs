namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Starts the analysis of what deployments would break: the impact analysis of the ODC Portal.</summary>
/// <remarks>
/// <para>Test-OdcDeployment starts an analysis and waits for it. The stage is always that of -Stage, never the stage of a piped row.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA -Wait</code>
/// <para>Analyses the deployment of the latest revision of an asset to QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA | Get-OdcDeploymentAnalysis</code>
/// <para>Starts an analysis and gets its state at once.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcDeploymentAnalysis", SupportsShouldProcess = true)]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.StartDeploymentAnalysis))]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeploymentAnalysis), With = "Wait")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcDeploymentAnalysis))]
public sealed class StartOdcDeploymentAnalysisCommand : StartCmdlet
{
    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcDeployedRevision), typeof(OdcBuild), typeof(OdcDeployment), typeof(OdcDeploymentAnalysis)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision: its number or its tag. Without it, the latest revision of an asset that is specified by name or key.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>The target stage, by name or key.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference Stage { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || RevisionOf(asset, key, Revision) is not { } revision)
                continue;
            var body = new RequestBody().Add("assetKey", key).Add("revision", revision).Add("environmentKey", Stage);
            if (Send($"analysis of the deployment of {Label(asset)}, revision {revision}, to {Stage}", asset.Target, AnalysesApi.StartDeploymentAnalysis, [], body) is not { } started
                || (Wait && RunFor(asset.Target, () => AnalysisOperations.RequiredKey(started, $"an analysis of {asset}")) is null))
                continue;
            var analysis = AnalysisOperations.Started(started, key, asset.Name, revision, Stage.Key!, Stage.Name);
            WriteOrWait(analysis);
        }
    }
}
