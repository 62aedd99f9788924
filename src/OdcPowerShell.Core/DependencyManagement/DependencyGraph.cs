namespace OdcPowerShell.DependencyManagement;

/// <summary>An asset of a dependency graph.</summary>
/// <param name="Key">The key of the asset.</param>
/// <param name="Name">Its name; the key where the name is not known.</param>
/// <param name="Type">Its type; null where it is not known.</param>
/// <param name="Uses">The keys of the assets that it uses directly.</param>
internal sealed record DependencyNode(string Key, string Name, string? Type, IReadOnlyList<string> Uses);

/// <summary>Dependencies as a graph: each asset once, each dependency once, and the assets in layers.</summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> _uses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<string>> _further = new(StringComparer.OrdinalIgnoreCase);

    internal DependencyGraph()
    {
    }

    internal DependencyGraph(IEnumerable<DependencyNode> nodes)
    {
        foreach (var node in nodes)
        {
            Add(node.Key, node.Name, node.Type);
            foreach (var used in node.Uses)
                Use(node.Key, used);
        }
    }

    internal int EdgeCount => _uses.Values.Sum(used => used.Count);

    /// <summary>All assets by name, each with what it uses.</summary>
    internal IReadOnlyList<DependencyNode> Nodes => [.. _uses.Keys.OrderBy(NameOf, StringComparer.OrdinalIgnoreCase).ThenBy(key => key, StringComparer.OrdinalIgnoreCase)
        .Select(key => new DependencyNode(key, NameOf(key), _types.TryGetValue(key, out var type) ? type : null, [.. InOrder(UsedBy(key))]))];

    internal string NameOf(string key) => _names.TryGetValue(key, out var name) ? name : key;

    /// <summary>Adds an asset. The first name and type that are known are kept.</summary>
    internal void Add(string key, string? name, string? type = null)
    {
        if (!_uses.ContainsKey(key))
            _uses[key] = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (!string.IsNullOrEmpty(name) && !_names.ContainsKey(key))
            _names[key] = name!;
        if (type is not null && !_types.ContainsKey(key))
            _types[key] = type;
    }

    /// <summary>Adds a dependency, and its ends where they are not known yet.</summary>
    internal void Use(string consumer, string producer)
    {
        Add(consumer, name: null);
        Add(producer, name: null);
        _uses[consumer].Add(producer);
    }

    private IEnumerable<string> UsedBy(string key) => _further.TryGetValue(key, out var further) ? _uses[key].Union(further.Where(_uses.ContainsKey), StringComparer.OrdinalIgnoreCase) : _uses[key];

    /// <summary>Adds what a row of a dependency command says; false if it is no such row.</summary>
    internal bool TryAdd(OdcResource? row)
    {
        switch (row)
        {
            case OdcAssetProducer { AssetKey: { Length: > 0 } key } producer:
                Add(key, producer.Name, producer.AssetType);
                if (producer is { ConsumerAssetKey: { Length: > 0 } consumer, IsDirectProducer: not false })
                    Link(consumer, producer.ConsumerAssetName, key);
                // Those that no row is about have no name, and may be beyond the depth that was asked for.
                _further[key] = [.. (producer.ProducerKeys ?? []).Where(used => used.Length > 0)];
                return true;
            case OdcAssetProducerNode { AssetKey: { Length: > 0 } key } node:
                Add(key, node.Name, node.AssetType);
                if (node.ConsumerAssetKey is { Length: > 0 } owner)
                    Link(owner, node.ConsumerAssetName, key);
                foreach (var child in (node.Producers ?? []).Where(child => child.AssetKey is { Length: > 0 } && TryAdd(child)))
                    Use(key, child.AssetKey!);
                return true;
            case OdcAssetDependency { AssetKey: { Length: > 0 } key } user:
                Add(key, user.Name, user.AssetType);
                if (user.ProducerAssetKey is { Length: > 0 } asked)
                {
                    Add(asked, user.ProducerAssetName);
                    Use(key, asked);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// The layers, from the assets that use nothing to those that use most: an asset is above all that it uses. The assets of a cycle are in one
    /// layer.
    /// </summary>
    internal IReadOnlyList<IReadOnlyList<string>> Layers()
    {
        var open = _uses.ToDictionary(e => e.Key, e => e.Value.Count(used => !Same(used, e.Key)), StringComparer.OrdinalIgnoreCase);
        var users = _uses.SelectMany(e => e.Value.Where(used => !Same(used, e.Key)).Select(used => (Used: used, User: e.Key))).ToLookup(e => e.Used, e => e.User, StringComparer.OrdinalIgnoreCase);
        var layers = new List<IReadOnlyList<string>>();
        while (open.Count > 0)
        {
            var ready = open.Where(e => e.Value == 0).Select(e => e.Key).ToList();
            // An asset from which the fewest others are reached is in a cycle, and all that it reaches is of that cycle.
            if (ready.Count == 0)
                ready = open.Keys.Select(key => Reach(key, open)).OrderBy(reached => reached.Count).First();
            foreach (var key in ready)
                open.Remove(key);
            foreach (var user in ready.SelectMany(key => users[key]).Where(open.ContainsKey))
                open[user]--;
            layers.Add([.. InOrder(ready)]);
        }

        return layers;
    }

    private List<string> Reach(string start, Dictionary<string, int> open)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var next = new Stack<string>([start]);
        while (next.Count > 0)
        {
            foreach (var used in _uses[next.Pop()].Where(used => open.ContainsKey(used) && seen.Add(used)))
                next.Push(used);
        }

        seen.Add(start);
        return [.. seen];
    }

    private void Link(string consumer, string? name, string producer)
    {
        Add(consumer, name);
        Use(consumer, producer);
    }

    private IEnumerable<string> InOrder(IEnumerable<string> keys) => keys.OrderBy(NameOf, StringComparer.OrdinalIgnoreCase).ThenBy(key => key, StringComparer.OrdinalIgnoreCase);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
