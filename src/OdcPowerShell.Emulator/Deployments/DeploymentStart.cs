namespace OdcPowerShell.Emulator;

/// <summary>Makes a deployment operation of a request that has all it needs.</summary>
internal static class DeploymentStart
{
    public static DeploymentRun Of(StartDeploymentBody body, DeliveryState state, string by)
    {
        var does = body.Operation is { } text && Enum.GetNames<DeploymentKind>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<DeploymentKind>(text, ignoreCase: true)
            : throw new ProblemException(Cause.BadParameter("The 'operation' is Deploy, Undeploy or ApplyConfigs."));
        var stageKey = body.EnvironmentKey ?? throw new ProblemException(DeliveryCause.Missing("environmentKey"));
        var assetKey = body.AssetKey ?? throw new ProblemException(DeliveryCause.Missing("assetKey"));
        if (does != DeploymentKind.Undeploy && body.Revision is null)
            throw new ProblemException(DeliveryCause.Missing("revision"));
        if (does == DeploymentKind.Deploy && body.BuildKey is null)
            throw new ProblemException(DeliveryCause.Missing("buildKey"));

        var stage = state.Stage(stageKey);
        var running = state.Deployed.GetValueOrDefault((assetKey, stageKey));
        var asset = running?.Asset ?? state.Asset(assetKey);
        if (!asset.IsDeployable)
            throw new ProblemException(DeliveryCause.NotDeployable);
        if (does == DeploymentKind.Deploy)
        {
            var revision = state.Revision(assetKey, body.Revision!.Value);
            var build = Usable(state.Builds.GetValueOrDefault(body.BuildKey!.Value), revision);
            return new DeploymentRun(state, state.NewKey("deployment"), does, revision, build, stage, by);
        }

        if (running is null)
            throw new ProblemException(DeliveryCause.NotDeployed);
        var affected = does == DeploymentKind.ApplyConfigs ? state.Revision(assetKey, body.Revision!.Value) : running.Revision;
        return new DeploymentRun(
            state, state.NewKey("deployment"), does, affected, state.Builds.GetValueOrDefault(running.BuildKey), stage, by);
    }

    private static Build Usable(Build? build, AssetRevision revision)
    {
        if (build?.Revision != revision)
            throw new ProblemException(DeliveryCause.BuildUnknown);
        if (build.Type == BuildType.Debug)
            throw new ProblemException(DeliveryCause.BuildIsDebug);
        return build.IsUsable ? build : throw new ProblemException(DeliveryCause.BuildNotFinished);
    }
}
