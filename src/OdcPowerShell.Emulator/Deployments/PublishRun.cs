namespace OdcPowerShell.Emulator;

/// <summary>A 1-Click Publish, with the build that it makes; libraries are published too, but run nowhere.</summary>
internal sealed class PublishRun(DeliveryState state, Guid key, Build build, EmulatedStage stage, string requestedBy)
    : StageRun(EmulatedOperation.Publish, key, build.Revision, build, stage, requestedBy)
{
    protected override void TakeEffect()
    {
        if (Asset.IsDeployable && state.Assets.ContainsKey(Asset.Key))
            state.Deployed[(Asset.Key, Stage.Key)] = Running;
    }
}
