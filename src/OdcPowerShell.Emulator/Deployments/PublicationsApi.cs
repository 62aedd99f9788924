namespace OdcPowerShell.Emulator;

/// <summary>Publications: what 1-Click Publish does.</summary>
internal sealed class PublicationsApi(DeliveryState state)
{
    private const string Base = "/api/deployments/v1/publish-operations";
    private const string One = Base + "/{operationKey}";

    public void Map(ApiMap map)
    {
        var view = Access.OneOf(Permission.ViewStage);
        map.Get(Base, view, ListRuns);
        map.Post(Base, Access.OneOf(Permission.ChangeAssets), StartRun);
        map.Get(One, view, GetRun);
        map.Get($"{One}/messages", view, ListMessages);
    }

    private Task ListRuns(ApiCall call)
    {
        var (limit, offset) = call.Query.Paging();
        var filter = RunFilter.Read<PublishRun>(call.Query);
        var page = state.Use(() =>
            RunPageBody<PublicationBody>.Of(filter(state.Publications.Values), limit, offset, PublicationBody.Of));
        return call.JsonAsync(page, DeploymentsJson.Default.RunPageBodyPublicationBody);
    }

    private Task GetRun(ApiCall call)
    {
        var key = call.Key("operationKey");
        return call.JsonAsync(state.Use(() => PublicationBody.Of(Find(key))), DeploymentsJson.Default.PublicationBody);
    }

    private Task ListMessages(ApiCall call)
    {
        var key = call.Key("operationKey");
        return RunMessages.WriteAsync(call, () => Find(key), state);
    }

    private async Task StartRun(ApiCall call)
    {
        var body = await call.ReadAsync(DeploymentsJson.Default.StartPublicationBody);
        if (!string.Equals(body.Operation, "Publish", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(Cause.BadParameter("The 'operation' is Publish."));
        var asset = body.AssetKey ?? throw new ProblemException(DeliveryCause.Missing("assetKey"));
        var number = body.Revision ?? throw new ProblemException(DeliveryCause.Missing("revision"));
        var answer = state.Use(() => PublicationBody.Of(Start(state.Revision(asset, number), body.EnvironmentKey, call.Client.ClientId)));
        await call.CreatedAsync(answer, DeploymentsJson.Default.PublicationBody);
    }

    private PublishRun Start(AssetRevision revision, Guid? stageKey, string by)
    {
        // Without a stage it is a hotfix, which the emulator has go to the only place for publishing as well.
        var stage = stageKey is { } key ? state.Stage(key) : state.Development;
        if (stage.Purpose != "Development")
            throw new ProblemException(DeliveryCause.NotForPublishing);
        var build = new Build(state.NewKey("build"), revision, BuildType.Debug, by);
        var run = new PublishRun(state, state.NewKey("publication"), build, stage, by);
        state.Start(run);
        // The build is a part of it and shares its fate.
        state.Start(build, run.Plan with { FinalStatus = null, Fails = !run.Plan.Succeeds });
        state.Builds.Add(build.Key, build);
        state.Publications.Add(run.Key, run);
        return run;
    }

    private PublishRun Find(Guid key) =>
        state.Publications.GetValueOrDefault(key) ?? throw new ProblemException(Cause.NotFound("publish operation", key));
}
