namespace OdcPowerShell.Emulator;

/// <summary>Who uses whom, and what assets share.</summary>
internal sealed class DependenciesApi(DeliveryState state)
{
    private const string Base = "/api/dependency-management/v1";
    private const string Revision = Base + "/assets/{assetKey}/revisions/{revisionNumber}";

    public void Map(ApiMap map)
    {
        map.Get($"{Base}/assets/{{assetKey}}/consumers", Access.AnyPermission, call => ListConsumers(call, null));
        map.Get($"{Revision}/consumers", Access.AnyPermission, call => ListConsumers(call, call.RevisionNumber()));
        map.Get($"{Revision}/producers", Access.AnyPermission, ListProducers);
        map.Get($"{Revision}/producer-graph", Access.AnyPermission, ListProducerGraph);
        map.Get($"{Revision}/public-elements", Access.AnyPermission, ListPublicElements);
        map.Get($"{Revision}/referenced-elements", Access.OneOf(Permission.OpenAssets), ListReferencedElements);
        map.Post($"{Base}/public-elements/search", Access.AnyPermission, SearchElements);
    }

    private Task ListConsumers(ApiCall call, int? revision)
    {
        var key = call.Key("assetKey");
        var stage = call.Query.Guid("environmentKey");
        var element = call.Query.Guid("publicElementKey");
        var isAll = call.Query.Flag("allowMultipleVersions");
        var list = state.Use(() =>
        {
            var used = revision is { } number ? state.Revision(key, number) : null;
            var found = new Consumers(state).Of(state.Asset(key), used, stage, element, isAll);
            return new ListBody<DependencyBody>([.. call.Query.SortedByName(found, item => item.Asset.Name).Select(DependencyBody.Of)]);
        });
        return call.JsonAsync(list, DependenciesJson.Default.ListBodyDependencyBody);
    }

    private Task ListProducers(ApiCall call)
    {
        var (key, number) = (call.Key("assetKey"), call.RevisionNumber());
        var read = Producers.Read(call.Query);
        var list = state.Use(() => new ListBody<ProducerBody>(
            [.. call.Query.SortedByName(read(state).Flat(state.Revision(key, number)), item => item.Name)]));
        return call.JsonAsync(list, DependenciesJson.Default.ListBodyProducerBody);
    }

    private Task ListProducerGraph(ApiCall call)
    {
        var (key, number) = (call.Key("assetKey"), call.RevisionNumber());
        var read = Producers.Read(call.Query);
        var list = state.Use(() => new ListBody<ProducerNodeBody>(
            [.. call.Query.SortedByName(read(state).Tree(state.Revision(key, number)), item => item.Name)]));
        return call.JsonAsync(list, DependenciesJson.Default.ListBodyProducerNodeBody);
    }

    private Task ListPublicElements(ApiCall call)
    {
        var (key, number) = (call.Key("assetKey"), call.RevisionNumber());
        var withHidden = call.Query.OptionalFlag("includeHidden") ?? true;
        var list = state.Use(() =>
        {
            var revision = state.Revision(key, number);
            var found = revision.Asset.Elements.Where(element => withHidden || !element.IsHidden);
            return new ListBody<PublicElementBody>(
                [.. call.Query.SortedByName(found, item => item.Name).Select(element => PublicElementBody.Of(revision, element))]);
        });
        return call.JsonAsync(list, DependenciesJson.Default.ListBodyPublicElementBody);
    }

    private Task ListReferencedElements(ApiCall call)
    {
        var (key, number) = (call.Key("assetKey"), call.RevisionNumber());
        var withHidden = call.Query.OptionalFlag("includeHidden") ?? true;
        var list = state.Use(() =>
        {
            var revision = state.Revision(key, number);
            var found = revision.References.SelectMany(
                reference => reference.Elements, (reference, element) => ReferencedElementBody.Of(revision, reference, element));
            return new ListBody<ReferencedElementBody>(
                [.. call.Query.SortedByName(found.Where(element => withHidden || !element.IsHidden), item => item.Name)]);
        });
        return call.JsonAsync(list, DependenciesJson.Default.ListBodyReferencedElementBody);
    }

    private async Task SearchElements(ApiCall call)
    {
        var body = await call.ReadAsync(DependenciesJson.Default.ElementSearchBody);
        await call.JsonAsync(body.Find(state), DependenciesJson.Default.PagedBodyPublicElementBody);
    }
}
