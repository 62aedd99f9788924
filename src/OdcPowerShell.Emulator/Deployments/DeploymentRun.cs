namespace OdcPowerShell.Emulator;

/// <summary>What a deployment operation does.</summary>
internal enum DeploymentKind
{
    Deploy,
    Undeploy,
    ApplyConfigs,
}

/// <summary>A deployment, a removal or the application of configurations in a stage.</summary>
internal sealed class DeploymentRun(
    DeliveryState state, Guid key, DeploymentKind does, AssetRevision revision, Build? build, EmulatedStage stage, string requestedBy)
    : StageRun(KindOf(does), key, revision, build, stage, requestedBy)
{
    public DeploymentKind Does => does;

    protected override void TakeEffect()
    {
        // What was deleted meanwhile does not come back.
        if (does == DeploymentKind.Deploy && state.Assets.ContainsKey(Asset.Key))
            state.Deployed[(Asset.Key, Stage.Key)] = Running;
        else if (does == DeploymentKind.Undeploy)
            state.Deployed.Remove((Asset.Key, Stage.Key));
    }

    private static EmulatedOperation KindOf(DeploymentKind does) => does switch
    {
        DeploymentKind.Deploy => EmulatedOperation.Deploy,
        DeploymentKind.Undeploy => EmulatedOperation.Undeploy,
        _ => EmulatedOperation.ApplyConfigs,
    };
}
