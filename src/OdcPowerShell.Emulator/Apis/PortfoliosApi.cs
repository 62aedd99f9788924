namespace OdcPowerShell.Emulator;

internal sealed class PortfoliosApi(EmulatedTenant tenant)
{
    private const string Base = "/api/portfolios/v2";

    public void Map(ApiMap map)
    {
        map.Get($"{Base}/environments", Access.SignedIn, ListEnvironments);
    }

    private Task ListEnvironments(ApiCall call)
    {
        var portfolio = call.Query.Guid("portfolioKey");
        var stages = tenant.Stages.Where(stage =>
            call.Client.Has(Permission.ViewStage) && (portfolio is null || stage.PortfolioKey == portfolio));
        return call.JsonAsync(new ListBody<StageBody>([.. stages.Select(StageBody.Of)]), WireJson.Default.ListBodyStageBody);
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
