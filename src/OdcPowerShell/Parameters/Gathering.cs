namespace OdcPowerShell.Parameters;

/// <summary>Keys that came one by one, by the object that they are sent to together.</summary>
internal sealed class Gathering
{
    private readonly Dictionary<string, (ObjectReference Owner, HashSet<string> Keys)> _byOwner = new(StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<(ObjectReference Owner, IReadOnlyCollection<string> Keys)> All => _byOwner.Values.Select(g => (g.Owner, (IReadOnlyCollection<string>)g.Keys));

    internal void Add(ObjectReference owner, string key)
    {
        if (!_byOwner.TryGetValue(owner.Key!, out var gathered))
            _byOwner[owner.Key!] = gathered = (owner, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        gathered.Keys.Add(key);
    }
}
