namespace OdcPowerShell.Emulator;

/// <summary>
/// Finds consumers in a stage: what is deployed there. In Development, where everything is published, libraries count as well, and with all
/// versions asked for every revision.
/// </summary>
internal sealed class Consumers(DeliveryState state)
{
    public IEnumerable<AssetRevision> Of(Asset producer, AssetRevision? revision, Guid? stage, Guid? element, bool isAll)
    {
        var where = stage is { } key ? state.Stage(key) : state.Development;
        var candidates = where.Key != state.Development.Key ? Deployed(where)
            : isAll ? state.Assets.Values.SelectMany(asset => asset.Revisions)
            : Deployed(where).Concat(state.Assets.Values.Where(asset => !asset.IsDeployable).Select(asset => asset.Latest));
        return candidates.Where(candidate => candidate.References.Any(reference =>
            reference.Producer == producer
            && (revision is null || reference.Revision == revision)
            && (element is null || reference.Elements.Any(used => used.Key == element))));
    }

    private IEnumerable<AssetRevision> Deployed(EmulatedStage stage) => state.DeployedIn(stage.Key).Select(deployed => deployed.Revision);
}
