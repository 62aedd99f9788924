namespace OdcPowerShell.Emulator;

/// <summary>Consumers and producers of assets, and what assets share.</summary>
internal sealed class DependenciesApi(Store store)
{
    private const string Base = "/api/dependency-management/v1";
    private const string Revision = Base + "/assets/{assetKey}/revisions/{revisionNumber}";

    public void Map(ApiMap map)
    {
        map.List($"{Base}/assets/{{assetKey}}/consumers", Access.AnyPermission, Paging.Whole, call => Consumers(call, null))
            .Sorted(("name", revision => revision.Asset.Name)).As(RelatedBody.Of);
        map.List($"{Revision}/consumers", Access.AnyPermission, Paging.Whole, call => Consumers(call, Find(call)))
            .Sorted(("name", revision => revision.Asset.Name)).As(RelatedBody.Of);
        map.List($"{Revision}/producers", Access.AnyPermission, Paging.Whole, call => Producers.Read(call.Query, store).Flat(Find(call)))
            .Sorted(("name", producer => producer.Name));
        map.List($"{Revision}/producer-graph", Access.AnyPermission, Paging.Whole, call => Producers.Read(call.Query, store).Tree(Find(call)))
            .Sorted(("name", producer => producer.Name));
        map.List($"{Revision}/public-elements", Access.AnyPermission, Paging.Whole, call => Elements(Find(call)))
            .Where(call => call.Query.OptionalFlag("includeHidden") == false ? element => !element.IsHidden : null)
            .Sorted(("name", element => element.Name));
        map.List($"{Revision}/referenced-elements", Access.OneOf(Permission.OpenAssets), Paging.Whole, call => References(Find(call)))
            .Where(call => call.Query.OptionalFlag("includeHidden") == false ? item => !item.Element.IsHidden : null)
            .Sorted(("name", item => item.Element.Name))
            .As(item => new
            {
                AssetKey = item.Consumer.Asset.Key, Revision = item.Consumer.Number, item.Element.Key, item.Element.Name,
                item.Element.Description, item.Element.IsHidden, item.Used.Revision.SignatureDigest,
                CompatibilitySignatureDigest = item.Used.Revision.CompatibilityDigest, ProducerAssetKey = item.Used.Producer.Key,
                ProducerAssetName = item.Used.Producer.Name, item.Element.Type, ProducerAssetType = item.Used.Producer.Type,
            });
        map.Post<ElementSearchBody>($"{Base}/public-elements/search", Access.AnyPermission, (_, body) => Search(body), status: 200);
    }

    private AssetRevision Find(ApiCall call) => store.Revision(call.Key("assetKey"), call.RevisionNumber);

    /// <summary>
    /// The consumers in a stage: what is deployed there. In Development, where everything is published, libraries count as well, and with all
    /// versions asked for every revision.
    /// </summary>
    private IEnumerable<AssetRevision> Consumers(ApiCall call, AssetRevision? used)
    {
        var stageKey = call.Query.Guid("environmentKey");
        var element = call.Query.Guid("publicElementKey");
        var isAll = call.Query.Flag("allowMultipleVersions");
        var producer = store.Assets[call.Key("assetKey")];
        var stage = stageKey is { } key ? store.Stages[key] : store.Development;
        var deployed = store.DeployedIn(stage.Key).Select(deployed => deployed.Revision);
        var candidates = stage.Key != store.Development.Key ? deployed
            : isAll ? store.Assets.All.SelectMany(asset => asset.Revisions)
            : deployed.Concat(store.Assets.All.Where(asset => !asset.IsDeployable).Select(asset => asset.Latest));
        return candidates.Where(candidate => candidate.References.Any(reference =>
            reference.Producer == producer
            && (used is null || reference.Revision == used)
            && (element is null || reference.Elements.Any(shared => shared.Key == element))));
    }

    private static IEnumerable<ElementBody> Elements(AssetRevision owner) => owner.Asset.Elements.Select(element => new ElementBody(
        owner.Asset.Key, owner.Asset.Name, owner.Number, owner.Tag?.ToString(), element.Key, element.Name, element.Description,
        owner.SignatureDigest, owner.CompatibilityDigest, element.IsHidden, owner.Asset.Type, element.Type));

    private static IEnumerable<(AssetRevision Consumer, AssetReference Used, PublicElement Element)> References(AssetRevision consumer) =>
        consumer.References.SelectMany(used => used.Elements, (used, element) => (consumer, used, element));

    private object Search(ElementSearchBody body)
    {
        if (body.Limit < 1 || body.Offset < 0)
            throw ProblemException.BadParameter("The 'limit' begins at 1, the 'offset' at 0.");
        Func<ElementBody, string> order = (body.Sort ?? "name").ToUpperInvariant() switch
        {
            "NAME" => element => element.Name,
            "TYPE" => element => element.Type,
            "ASSETNAME" => element => element.AssetName,
            _ => throw ProblemException.BadParameter($"The list cannot be sorted by '{body.Sort}'."),
        };
        // These filters have a key and a digest only.
        var filters = (body.AssetFilters ?? [])
            .Select(filter => (filter with { Revision = null, IsHighestTag = null }).Read(store, isExact: false)).ToList();
        var owners = filters.Count > 0
            ? filters.Select(find => find()).OfType<AssetRevision>().Distinct()
            : store.Assets.All.Select(asset => asset.Latest);
        var found = owners
            .Where(owner => body.ConsumerPortfolioKeys is not { Count: > 0 } portfolios || portfolios.Contains(owner.Asset.PortfolioKey))
            .SelectMany(Elements)
            .Where(body.Fits)
            .OrderBy(order, StringComparer.OrdinalIgnoreCase)
            .ThenBy(element => element.Key);
        List<ElementBody> sorted = [.. body.SortAscending == false ? found.Reverse() : found];
        return Paging.PageOf(sorted, Math.Min(body.Limit ?? 100, 100), body.Offset ?? 0, element => element);
    }

    private sealed record ElementBody(
        Guid AssetKey, string AssetName, int Revision, string? Tag, Guid Key, string Name, string Description, Guid SignatureDigest,
        Guid CompatibilitySignatureDigest, bool IsHidden, string AssetType, string Type);

    /// <summary>A search for public elements, with its paging in the body; the portfolios are those of consumers that can reference them.</summary>
    private sealed record ElementSearchBody(
        string? ElementNameContains, string? ElementNameOrDescriptionContains, string? ElementType, bool? IncludeHidden,
        IReadOnlyList<Guid>? ConsumerPortfolioKeys, int? Limit, int? Offset, string? Sort, bool? SortAscending,
        IReadOnlyList<RevisionFilter>? AssetFilters)
    {
        public bool Fits(ElementBody element) =>
            Contains(element.Name, ElementNameContains)
            && (Contains(element.Name, ElementNameOrDescriptionContains) || Contains(element.Description, ElementNameOrDescriptionContains))
            && (ElementType is null || string.Equals(element.Type, ElementType, StringComparison.OrdinalIgnoreCase))
            && (IncludeHidden == true || !element.IsHidden);

        private static bool Contains(string value, string? text) =>
            string.IsNullOrEmpty(text) || value.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A consumer, or a producer: in the flat list with the keys of its own producers, in the graph with these themselves.</summary>
internal sealed record RelatedBody(
    Guid Key, Guid PortfolioKey, int Revision, string Name, string? Description, string Type, Guid SignatureDigest,
    Guid CompatibilitySignatureDigest, Guid ModelDigest)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsDirectProducer { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Producers { get; init; }

    public static RelatedBody Of(AssetRevision revision) => new(
        revision.Asset.Key, revision.Asset.PortfolioKey, revision.Number, revision.Asset.Name, revision.Asset.Description,
        revision.Asset.Type, revision.SignatureDigest, revision.CompatibilityDigest, revision.ModelDigest);
}

/// <summary>
/// Follows references downwards. An app that is used is seen in the revision that runs in the stage, and not at all when none does; what
/// travels inside its consumers is seen in the revision they use.
/// </summary>
internal sealed class Producers(Store store, EmulatedStage stage, string? type, int maxDepth)
{
    /// <summary>Reads the query; a depth of 0 has no end.</summary>
    public static Producers Read(QueryReader query, Store store)
    {
        var depth = query.Number("maxDepth", 0, 0, int.MaxValue);
        var type = query.Choice("producerTypeFilter", "All", "Deployable", "Libraries");
        var stage = query.Guid("environmentKey") is { } key ? store.Stages[key] : store.Development;
        return new Producers(store, stage, type, depth == 0 ? int.MaxValue : depth);
    }

    public IEnumerable<RelatedBody> Flat(AssetRevision root)
    {
        var found = new OrderedDictionary<AssetRevision, bool>();
        var level = new List<AssetRevision> { root };
        for (var depth = 1; depth <= maxDepth && level.Count > 0; depth++)
        {
            level = [.. level.SelectMany(Direct).Distinct().Where(revision => revision != root && !found.ContainsKey(revision))];
            foreach (var revision in level)
                found.Add(revision, depth == 1);
        }

        return found.Where(entry => Fits(entry.Key)).Select(entry => RelatedBody.Of(entry.Key) with
        {
            IsDirectProducer = entry.Value,
            Producers = Direct(entry.Key).Where(Fits).Select(producer => producer.Asset.Key).ToArray(),
        });
    }

    public IEnumerable<RelatedBody> Tree(AssetRevision root) => Children(root, 1, [root.Asset]);

    private RelatedBody[] Children(AssetRevision parent, int depth, HashSet<Asset> above) => depth > maxDepth
        ? []
        : [.. Direct(parent)
            .Where(revision => Fits(revision) && !above.Contains(revision.Asset))
            .Select(revision => RelatedBody.Of(revision) with { Producers = Children(revision, depth + 1, [.. above, revision.Asset]) })];

    private IEnumerable<AssetRevision> Direct(AssetRevision consumer) => consumer.References
        .Select(reference => reference.Producer.IsDeployable
            ? store.Deployed.GetValueOrDefault((reference.Producer.Key, stage.Key))?.Revision
            : reference.Revision)
        .OfType<AssetRevision>();

    private bool Fits(AssetRevision revision) => type switch
    {
        "Deployable" => revision.Asset.IsDeployable,
        "Libraries" => !revision.Asset.IsDeployable,
        _ => true,
    };
}
