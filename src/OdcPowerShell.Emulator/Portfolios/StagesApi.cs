namespace OdcPowerShell.Emulator;

/// <summary>The stages; only those are seen that the client may view.</summary>
internal sealed class StagesApi(DeliveryState state)
{
    private const string Base = "/api/portfolios/v2/environments";

    public void Map(ApiMap map)
    {
        var change = Access.OneOf(Permission.ManageStages, Permission.ManagePortfolio);
        map.Get(Base, Access.SignedIn, ListStages);
        map.Map("PATCH", Base, change, PatchStages);
        map.Map("PATCH", $"{Base}/{{environmentKey}}", change, PatchStage);
        map.Get("/api/portfolios/v1/environments", Access.SignedIn, ListOldStages);
    }

    private Task ListStages(ApiCall call)
    {
        var portfolio = call.Query.Guid("portfolioKey");
        var list = new ListBody<StageBody>(
            [.. Visible(call).Where(stage => (portfolio ?? stage.PortfolioKey) == stage.PortfolioKey).Select(StageBody.Of)]);
        return call.JsonAsync(list, WireJson.Default.ListBodyStageBody);
    }

    private Task ListOldStages(ApiCall call)
    {
        Deprecation.Announce(call);
        return call.JsonAsync(
            new ListBody<OldStageBody>([.. Visible(call).Select(OldStageBody.Of)]), PortfoliosJson.Default.ListBodyOldStageBody);
    }

    private List<EmulatedStage> Visible(ApiCall call) => call.Client.Has(Permission.ViewStage)
        ? state.Use<List<EmulatedStage>>(() => [.. state.Stages.OrderBy(stage => stage.Order)])
        : [];

    private async Task PatchStage(ApiCall call)
    {
        var key = call.Key("environmentKey");
        var body = await call.ReadAsync(PortfoliosJson.Default.PatchStageBody);
        StageChanges.Apply(state, call.Client, [new KeyedStagePatchBody(key, body.Name, body.Order)]);
    }

    private async Task PatchStages(ApiCall call)
    {
        var body = await call.ReadAsync(PortfoliosJson.Default.PatchStagesBody);
        if (body.Environments is not { Count: > 0 } changes)
            throw new ProblemException(DeliveryCause.Missing("environments"));
        StageChanges.Apply(state, call.Client, changes);
    }
}

internal sealed record StageBody(
    string Key, string Name, string BuiltinDomain, string DefaultDomain, string Purpose, int Order, string Region, string Hosting,
    string Status, Guid PortfolioKey)
{
    public static StageBody Of(EmulatedStage stage) => new(
        stage.Key.ToString(), stage.Name, stage.BuiltInDomain, stage.DefaultDomain, stage.Purpose, stage.Order, stage.Region,
        stage.Hosting, stage.Status, stage.PortfolioKey);
}
