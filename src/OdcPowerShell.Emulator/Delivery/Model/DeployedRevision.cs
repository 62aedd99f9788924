namespace OdcPowerShell.Emulator;

/// <summary>What runs of an asset in a stage, and the operation that brought it there.</summary>
internal sealed record DeployedRevision(
    AssetRevision Revision, EmulatedStage Stage, Guid BuildKey, Guid OperationKey, DateTimeOffset At, string By)
{
    public Asset Asset => Revision.Asset;
}
