namespace OdcPowerShell.Emulator;

/// <summary>The asset repository: assets as a whole.</summary>
internal sealed class AssetsApi(DeliveryState state, RevisionLinks links)
{
    private const string Base = "/api/asset-repository/v1";

    public void Map(ApiMap map)
    {
        map.Get($"{Base}/assets", Access.OneOf(Permission.OpenAssets), ListAssets);
        map.Get($"{Base}/assets/{{assetKey}}", Access.AnyPermission, GetLatest);
        map.Get($"{Base}/assets/{{assetKey}}/latest-revision", Access.AnyPermission, GetLatest);
        map.Get($"{Base}/assets/{{assetKey}}/highest-tag-revision", Access.AnyPermission, GetHighestTagged);
        map.Map("DELETE", $"{Base}/assets/{{assetKey}}", Access.OneOf(Permission.DeleteAssets), DeleteAsset);
        map.Post($"{Base}/assets/search", Access.AnyPermission, Search);
    }

    private Task ListAssets(ApiCall call)
    {
        var limit = call.Query.Number("limit", 100, 1, 1000);
        var offset = call.Query.Number("offset", 0, 0, int.MaxValue);
        var embed = call.Query.Choices<AssetEmbed>("embed");
        var find = AssetFilter.Read(call);
        var page = state.Use(() =>
            DeliveryCalls.Page(find(state), limit, offset, revision => AssetRevisionBody.Of(revision, embed, links)));
        return call.JsonAsync(page, AssetRepositoryJson.Default.PagedBodyAssetRevisionBody);
    }

    private Task GetLatest(ApiCall call) => WriteRevision(call, asset => asset.Latest);

    private Task GetHighestTagged(ApiCall call) => WriteRevision(call, asset =>
        asset.HighestTagged ?? throw new ProblemException(DeliveryCause.NeverTagged(asset.Key)));

    private Task WriteRevision(ApiCall call, Func<Asset, AssetRevision> choose)
    {
        var key = call.Key("assetKey");
        var embed = call.Query.Choices<AssetEmbed>("embed");
        return call.JsonAsync(
            state.Use(() => AssetRevisionBody.Of(choose(state.Asset(key)), embed, links)), AssetRepositoryJson.Default.AssetRevisionBody);
    }

    private Task DeleteAsset(ApiCall call)
    {
        var key = call.Key("assetKey");
        state.Use(() =>
        {
            var asset = state.Asset(key);
            if (asset.IsBuiltIn)
                throw new ProblemException(DeliveryCause.BuiltIn);
            state.Assets.Remove(key);
            state.Start(new AssetRemoval(state, state.NewKey("removal"), asset, call.Client.ClientId));
        });
        return call.NoContent();
    }

    private async Task Search(ApiCall call)
    {
        var body = await call.ReadAsync(AssetRepositoryJson.Default.AssetSearchBody);
        var embed = body.ReadEmbeds();
        var find = body.ReadFilters();
        var found = state.Use(() => new ListBody<AssetRevisionBody>(
            [.. find.Select(filter => filter(state)).OfType<AssetRevision>().Distinct()
                .Select(revision => AssetRevisionBody.Of(revision, embed, links))]));
        await call.JsonAsync(found, AssetRepositoryJson.Default.ListBodyAssetRevisionBody);
    }
}
