namespace OdcPowerShell.Emulator;

/// <summary>The removal of a deleted asset from its stages, which nobody can watch.</summary>
internal sealed class AssetRemoval(DeliveryState state, Guid key, Asset asset, string requestedBy)
    : TimedOperation(EmulatedOperation.Deletion, key, asset, requestedBy)
{
    protected override void TakeEffect()
    {
        foreach (var stage in state.Stages)
            state.Deployed.Remove((Asset.Key, stage.Key));
    }
}
