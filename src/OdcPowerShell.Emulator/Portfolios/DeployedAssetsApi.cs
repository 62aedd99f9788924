namespace OdcPowerShell.Emulator;

/// <summary>What runs where, in both versions of the API.</summary>
internal sealed class DeployedAssetsApi(DeliveryState state, RevisionLinks links)
{
    public void Map(ApiMap map)
    {
        map.Get("/api/portfolios/v2/deployed-assets", Access.AnyPermission, call => List(call, isOld: false));
        map.Get("/api/portfolios/v1/deployed-assets", Access.SignedIn, call =>
        {
            Deprecation.Announce(call);
            return List(call, isOld: true);
        });
    }

    private Task List(ApiCall call, bool isOld)
    {
        var (limit, offset) = call.Query.Paging();
        var stages = call.Query.GuidList("environmentKey", int.MaxValue);
        var keys = call.Query.GuidList("key", int.MaxValue);
        var types = call.Query.AssetTypes(AssetTypes.Deployable);
        var name = call.Query.Text("nameContains") ?? "";
        var portfolio = isOld ? null : call.Query.Guid("portfolioKey");
        var isAllowed = PermissionFilter.Allows(call, isPerStage: true) && call.Client.Has(Permission.ViewStage);
        var sort = DeployedAssetSort.Read(call.Query.Text("sort"));
        var page = state.Use(() =>
        {
            var found = state.Deployed.Values
                .Where(deployed => isAllowed
                    && (stages.Count == 0 || stages.Contains(deployed.Stage.Key))
                    && (keys.Count == 0 || keys.Contains(deployed.Asset.Key))
                    && (types.Count == 0 || types.Contains(deployed.Asset.Type, StringComparer.Ordinal))
                    && (portfolio ?? deployed.Stage.PortfolioKey) == deployed.Stage.PortfolioKey
                    && deployed.Asset.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
                .GroupBy(deployed => deployed.Asset)
                .OrderBy(group => group.Key.Name, StringComparer.OrdinalIgnoreCase);
            List<IGrouping<Asset, DeployedRevision>> sorted = [.. sort(found)];
            return DeliveryCalls.Page(sorted, limit, offset, group => Body(group, isOld));
        });
        return call.JsonAsync(page, PortfoliosJson.Default.PagedBodyDeployedAssetBody);
    }

    private DeployedAssetBody Body(IGrouping<Asset, DeployedRevision> group, bool isOld) => new(
        group.Key.Type,
        group.Key.Key,
        group.Key.IsBuiltIn,
        [.. group.OrderByDescending(deployed => deployed.At)
            .Select(deployed => DeployedBody.Of(deployed, state.Stage(deployed.Stage.Key), links, isOld))]);
}
