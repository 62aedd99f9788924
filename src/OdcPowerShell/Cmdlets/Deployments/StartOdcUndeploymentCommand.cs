namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Undeploys assets from a stage.</summary>
/// <remarks>
/// <para>The asset stops running in the stage; its revisions and its data stay. The command asks for each asset, unless you use -Confirm:$false. The stage is always that of -Stage, never the stage of a piped row.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcUndeployment 'Board Reports' -Stage QA -Wait -Confirm:$false</code>
/// <para>Undeploys an asset from QA without asking.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage QA -Flat | Start-OdcUndeployment -Stage QA -WhatIf</code>
/// <para>Shows which assets would be undeployed from QA.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcUndeployment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeploymentMessages), When = "for an operation that failed", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcDeployment))]
public sealed class StartOdcUndeploymentCommand : DeploymentCmdlet
{
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

    private protected override bool AlwaysAsks => true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // After the last input, because each undeployment would shift the pages of the piped list.
        foreach (var asset in Asset)
            Defer(() => Undeploy(asset));
    }

    private void Undeploy(ObjectReference asset)
    {
        if (KeyOf(asset) is not { } key)
            return;
        var stage = StageOf(Stage.Key!);
        if (StartIn(stage, $"{Label(asset)} out of {stage}", asset.Target, new RequestBody().Add("operation", "Undeploy").Add("assetKey", key)) is not { } started)
            return;
        WriteOrWait(started);
    }
}
