namespace OdcPowerShell.Emulator;

/// <summary>Something done with a revision of an asset in a stage: a deployment, a removal, applied configurations, or a publication.</summary>
internal sealed class Run(
    EmulatedOperation kind, Guid key, AssetRevision revision, Build? build, EmulatedStage stage, string requestedBy)
    : TimedOperation(kind, key, requestedBy, revision.Asset.Key, stage.Key)
{
    // The schema allows no null: a running operation has .NET's first moment, as unset dates have.
    private static readonly DateTime s_unset = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public AssetRevision Revision => revision;
    public Asset Asset => revision.Asset;
    public Build? Build => build;
    public DateTime FinishedDateTime => FinishedAt?.UtcDateTime ?? s_unset;

    /// <summary>A run with the effect of its kind. What was deleted meanwhile does not come back; libraries are published, but run nowhere.</summary>
    public static Run Create(
        Store store, EmulatedOperation kind, Guid key, AssetRevision revision, Build? build, EmulatedStage stage, string by)
    {
        var run = new Run(kind, key, revision, build, stage, by);
        var place = (revision.Asset.Key, stage.Key);
        run.Effect = kind switch
        {
            EmulatedOperation.Undeploy => () => store.Deployed.Remove(place),
            EmulatedOperation.Deploy or EmulatedOperation.Publish when revision.Asset.IsDeployable => () =>
            {
                if (store.Assets.Find(revision.Asset.Key) is not null)
                    store.Deployed[place] = new DeployedRevision(revision, stage, build!.Key, key, run.EndsAt!.Value, by);
            },
            _ => null,
        };
        return run;
    }
}
