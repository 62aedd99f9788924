namespace OdcPowerShell.Emulator;

/// <summary>Portfolios, their stages, and what runs in them; version 1 is deprecated.</summary>
internal sealed class PortfoliosApi(EmulatedTenant tenant)
{
    private const string Base = "/api/portfolios/v2/portfolios";
    private readonly DeliveryState _state = tenant.Delivery.State;

    public void Map(ApiMap map)
    {
        map.Get(Base, Access.AnyPermission, ListPortfolios);
        map.Map("PATCH", $"{Base}/{{portfolioKey}}", Access.OneOf(Permission.ManagePortfolio), PatchPortfolio);
        new StagesApi(_state).Map(map);
        new DeployedAssetsApi(_state, new RevisionLinks(tenant.Delivery.Storage)).Map(map);
        new LibrariesApi(_state, new RevisionLinks(tenant.Delivery.Storage)).Map(map);
    }

    private Task ListPortfolios(ApiCall call)
    {
        var (limit, offset) = call.Query.Paging();
        var key = call.Query.Guid("portfolioKey");
        var page = _state.Use(() => DeliveryCalls.Page(
            _state.Portfolios.FindAll(portfolio => (key ?? portfolio.Key) == portfolio.Key),
            limit,
            offset,
            portfolio => PortfolioBody.Of(portfolio, _state.Stages)));
        return call.JsonAsync(page, PortfoliosJson.Default.PagedBodyPortfolioBody);
    }

    private async Task PatchPortfolio(ApiCall call)
    {
        var key = call.Key("portfolioKey");
        var body = await call.ReadAsync(PortfoliosJson.Default.PatchPortfolioBody);
        _state.Use(() =>
        {
            var at = _state.Portfolios.FindIndex(portfolio => portfolio.Key == key);
            if (at < 0)
                throw new ProblemException(Cause.NotFound("portfolio", key));
            if (body.Name is not null)
                _state.Portfolios[at] = _state.Portfolios[at] with { Name = StageChanges.CheckName(body.Name) };
        });
    }
}
