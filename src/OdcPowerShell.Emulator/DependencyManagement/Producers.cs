namespace OdcPowerShell.Emulator;

/// <summary>A producer; in the flat list with the keys of its own producers, in the graph with these themselves.</summary>
internal sealed record ProducerBody(
    Guid Key, Guid PortfolioKey, int Revision, string Name, string? Description, string Type, Guid SignatureDigest,
    Guid CompatibilitySignatureDigest, Guid ModelDigest,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsDirectProducer, object Producers);

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

    public IEnumerable<ProducerBody> Flat(AssetRevision root)
    {
        var found = new OrderedDictionary<AssetRevision, bool>();
        var level = new List<AssetRevision> { root };
        for (var depth = 1; depth <= maxDepth && level.Count > 0; depth++)
        {
            level = [.. level.SelectMany(Direct).Distinct().Where(revision => revision != root && !found.ContainsKey(revision))];
            foreach (var revision in level)
                found.Add(revision, depth == 1);
        }

        return found.Where(entry => Fits(entry.Key)).Select(entry => Body(
            entry.Key, entry.Value, Direct(entry.Key).Where(Fits).Select(producer => producer.Asset.Key).ToArray()));
    }

    public IEnumerable<ProducerBody> Tree(AssetRevision root) => Children(root, 1, [root.Asset]);

    private ProducerBody[] Children(AssetRevision parent, int depth, HashSet<Asset> above) => depth > maxDepth
        ? []
        : [.. Direct(parent)
            .Where(revision => Fits(revision) && !above.Contains(revision.Asset))
            .Select(revision => Body(revision, null, Children(revision, depth + 1, [.. above, revision.Asset])))];

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

    private static ProducerBody Body(AssetRevision revision, bool? isDirect, object producers) => new(
        revision.Asset.Key, revision.Asset.PortfolioKey, revision.Number, revision.Asset.Name, revision.Asset.Description,
        revision.Asset.Type, revision.SignatureDigest, revision.CompatibilityDigest, revision.ModelDigest, isDirect, producers);
}
