namespace OdcPowerShell.Emulator;

/// <summary>Something done with a revision of an asset in a stage.</summary>
internal abstract class StageRun(
    EmulatedOperation kind, Guid key, AssetRevision revision, Build? build, EmulatedStage stage, string requestedBy)
    : TimedOperation(kind, key, revision.Asset, requestedBy)
{
    public AssetRevision Revision => revision;

    public Build? Build => build;

    public EmulatedStage Stage => stage;

    public override Guid? StageKey => stage.Key;

    public string Status => HasEnded ? EndStatus : "Running";

    protected DeployedRevision Running => new(revision, stage, build!.Key, Key, EndsAt!.Value, RequestedBy);
}
