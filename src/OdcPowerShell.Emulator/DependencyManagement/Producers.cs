namespace OdcPowerShell.Emulator;

internal enum ProducerType
{
    All,
    Deployable,
    Libraries,
}

/// <summary>
/// Follows references downwards. An app that is used is seen in the revision that runs in the stage, and not at all when none does; what
/// travels inside its consumers is seen in the revision they use.
/// </summary>
internal sealed class Producers(DeliveryState state, EmulatedStage stage, ProducerType type, int maxDepth)
{
    /// <summary>Reads the query; a depth of 0 has no end.</summary>
    public static Func<DeliveryState, Producers> Read(QueryReader query)
    {
        var depth = query.Number("maxDepth", 0, 0, int.MaxValue);
        var type = query.Choice<ProducerType>("producerTypeFilter") ?? ProducerType.All;
        var stage = query.Guid("environmentKey");
        return state => new Producers(
            state, stage is { } key ? state.Stage(key) : state.Development, type, depth == 0 ? int.MaxValue : depth);
    }

    public List<ProducerBody> Flat(AssetRevision root)
    {
        var found = new OrderedDictionary<AssetRevision, bool>();
        var level = new List<AssetRevision> { root };
        for (var depth = 1; depth <= maxDepth && level.Count > 0; depth++)
        {
            level = [.. level.SelectMany(Direct).Distinct().Where(revision => revision != root && !found.ContainsKey(revision))];
            foreach (var revision in level)
                found.Add(revision, depth == 1);
        }

        return [.. found.Where(entry => Fits(entry.Key)).Select(entry => ProducerBody.Of(
            entry.Key, entry.Value, [.. Direct(entry.Key).Where(Fits).Select(producer => producer.Asset.Key)]))];
    }

    public List<ProducerNodeBody> Tree(AssetRevision root) => Children(root, 1, [root.Asset]);

    private List<ProducerNodeBody> Children(AssetRevision parent, int depth, HashSet<Asset> above) => depth > maxDepth
        ? []
        : [.. Direct(parent)
            .Where(revision => Fits(revision) && !above.Contains(revision.Asset))
            .Select(revision => ProducerNodeBody.Of(revision, Children(revision, depth + 1, [.. above, revision.Asset])))];

    private IEnumerable<AssetRevision> Direct(AssetRevision consumer) => consumer.References
        .Select(reference => reference.Producer.IsDeployable
            ? state.Deployed.GetValueOrDefault((reference.Producer.Key, stage.Key))?.Revision
            : reference.Revision)
        .OfType<AssetRevision>();

    private bool Fits(AssetRevision revision) => type switch
    {
        ProducerType.Deployable => revision.Asset.IsDeployable,
        ProducerType.Libraries => !revision.Asset.IsDeployable,
        _ => true,
    };
}
