namespace OdcPowerShell.Emulator;

/// <summary>An analysis; its report tells what was found when it ended.</summary>
internal abstract class Analysis<TReport>(EmulatedOperation kind, Guid key, Asset asset, string requestedBy)
    : TimedOperation(kind, key, asset, requestedBy)
    where TReport : class
{
    public TReport? Report { get; private set; }

    public string ProcessStatus => HasEnded ? EndStatus : "InProgress";

    protected override string FailedStatus => "Failed";

    protected override void TakeEffect() => Report = Analyse();

    protected abstract TReport Analyse();
}

internal sealed class DeploymentAnalysis(DeliveryState state, Guid key, AssetRevision revision, EmulatedStage stage, string requestedBy)
    : Analysis<DeploymentReportBody>(EmulatedOperation.DeploymentAnalysis, key, revision.Asset, requestedBy)
{
    public override Guid? StageKey => stage.Key;

    protected override DeploymentReportBody Analyse() => DeploymentReport.Of(state, revision, stage, Plan.Conflicts);
}

internal sealed class DeletionAnalysis(DeliveryState state, Guid key, Asset asset, string requestedBy)
    : Analysis<DeletionReportBody>(EmulatedOperation.DeletionAnalysis, key, asset, requestedBy)
{
    protected override DeletionReportBody Analyse() => DeletionReport.Of(state, Asset, Plan.Conflicts);
}
