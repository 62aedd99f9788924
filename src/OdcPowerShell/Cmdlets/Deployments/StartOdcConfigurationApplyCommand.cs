namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Applies the changed configurations of assets in a stage without a new deployment.</summary>
/// <remarks>
/// <para>Changes of settings stay pending until they are applied or the asset is deployed again. They are applied to the revision that runs in the stage, even if a piped row has another revision.</para>
/// <para>The command asks before it changes a production stage, or a stage whose purpose is not known, unless you use -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcConfigurationApply 'Order Desk' -Stage QA -Wait</code>
/// <para>Applies the changed settings of an asset in QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage Production -Flat | Start-OdcConfigurationApply -Stage Production -WhatIf</code>
/// <para>Shows the requests that would apply the configurations of all assets of a stage.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcConfigurationApply", SupportsShouldProcess = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), When = "with -Wait", IsOptional = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), When = "with -Wait", IsOptional = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeploymentMessages), When = "for an operation that failed", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), When = "for the revision that runs in the stage", IsOptional = true)]
[OutputType(typeof(OdcDeployment))]
public sealed class StartOdcConfigurationApplyCommand : DeploymentCmdlet
{
    private readonly List<ObjectReference> _assets = [];

    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployedAsset), typeof(OdcDeployedRevision)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stage, by name or key.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference Stage { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _assets.AddRange(Asset.Where(a => KeyOf(a) is not null));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_assets.Count == 0)
            return;
        var stage = StageOf(Stage.Key!);
        var running = Run(stopped => DeploymentPlanner.RunningAsync(Client, stage.StageKey!, [.. _assets.Select(a => a.Key!)], Caller, stopped));
        foreach (var asset in _assets)
        {
            if (Apply(stage, asset, running) is { } started)
                WriteOrWait(started);
        }

        base.EndProcessing();
    }

    // An error shows the names of asset and stage, even if only their keys were specified.
    private string Known(ObjectReference asset)
    {
        Try(async stopped =>
        {
            await Client.Names.AssetNames.LearnAsync([asset.Key], Caller, stopped);
            return asset;
        });
        return asset.Name ?? Client.Names.AssetNames.Of(asset.Key) ?? asset.Text;
    }

    private OdcDeployment? Apply(OdcStage stage, ObjectReference asset, RunningRevisions running)
    {
        if (running.RevisionOf(asset.Key!) is { } revision)
            return StartIn(stage, $"The configurations of {Label(asset)}, revision {revision}, in {stage}", asset.Target, new RequestBody().Add("operation", "ApplyConfigs").Add("assetKey", asset.Key).Add("revision", revision));
        WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.NotFound, $"{Known(asset)} does not run in {stage}.", "Deploy it there first."), asset.Target));
        return null;
    }
}
