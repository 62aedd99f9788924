namespace OdcPowerShell.Emulator;

internal enum LibraryRevisions
{
    Latest,
    HighestTag,
    All,
}

/// <summary>Libraries with some of their revisions.</summary>
internal sealed class LibrariesApi(DeliveryState state, RevisionLinks links)
{
    public void Map(ApiMap map) => map.Get("/api/portfolios/v2/libraries", Access.AnyPermission, List);

    private Task List(ApiCall call)
    {
        var (limit, offset) = call.Query.Paging();
        var keys = call.Query.GuidList("key", int.MaxValue);
        var types = call.Query.AssetTypes(AssetTypes.Libraries);
        var name = call.Query.Text("nameContains") ?? "";
        var portfolio = call.Query.Guid("portfolioKey");
        var which = call.Query.Choice<LibraryRevisions>("revisions") ?? LibraryRevisions.Latest;
        var isAllowed = PermissionFilter.Allows(call, isPerStage: true);
        var orders = call.Query.Texts("sort");
        var page = state.Use(() =>
        {
            var found = state.Assets.Values.Where(asset => isAllowed && asset.IsLibrary
                && (keys.Count == 0 || keys.Contains(asset.Key))
                && (types.Count == 0 || types.Contains(asset.Type, StringComparer.Ordinal))
                && (portfolio ?? asset.PortfolioKey) == asset.PortfolioKey
                && asset.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
                .OrderBy(asset => asset.Name, StringComparer.OrdinalIgnoreCase);
            List<Asset> sorted = [.. orders.Reverse().Aggregate(found, Sort)];
            return DeliveryCalls.Page(sorted, limit, offset, asset => new LibraryBody(
                asset.Key, asset.Type, asset.IsBuiltIn, asset.PortfolioKey,
                [.. Choose(asset, which).Select(revision => LibraryRevisionBody.Of(revision, links))]));
        });
        return call.JsonAsync(page, PortfoliosJson.Default.PagedBodyLibraryBody);
    }

    private static IEnumerable<AssetRevision> Choose(Asset asset, LibraryRevisions which) => which switch
    {
        LibraryRevisions.Latest => [asset.Latest],
        LibraryRevisions.HighestTag => asset.HighestTagged is { } highest ? [highest] : [],
        _ => asset.Revisions.Where(revision => revision.Tag is not null || revision == asset.Latest).Reverse(),
    };

    private static IOrderedEnumerable<Asset> Sort(IOrderedEnumerable<Asset> assets, string order) => order.ToUpperInvariant() switch
    {
        "NAME" or "NAME:ASC" => assets.OrderBy(asset => asset.Name, StringComparer.OrdinalIgnoreCase),
        "NAME:DESC" => assets.OrderByDescending(asset => asset.Name, StringComparer.OrdinalIgnoreCase),
        "PUBLISHDATETIME" or "PUBLISHDATETIME:ASC" => assets.OrderBy(asset => asset.Latest.CreatedAt),
        "PUBLISHDATETIME:DESC" => assets.OrderByDescending(asset => asset.Latest.CreatedAt),
        _ => throw new ProblemException(DeliveryCause.Unprocessable($"The list cannot be sorted by '{order}'.")),
    };
}
