namespace OdcPowerShell.Parameters;

/// <summary>Objects that came one by one, by the object that they are sent to together.</summary>
internal sealed class Gathering
{
    private readonly Dictionary<string, (ObjectReference Owner, Dictionary<string, ObjectReference> Parts)> _byOwner = new(StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<(ObjectReference Owner, IReadOnlyCollection<ObjectReference> Parts)> All => _byOwner.Values.Select(g => (g.Owner, (IReadOnlyCollection<ObjectReference>)g.Parts.Values));

    internal void Add(ObjectReference owner, ObjectReference part)
    {
        if (!_byOwner.TryGetValue(owner.Key!, out var gathered))
            _byOwner[owner.Key!] = gathered = (owner, new Dictionary<string, ObjectReference>(StringComparer.OrdinalIgnoreCase));
        if (!gathered.Parts.TryGetValue(part.Key!, out _))
            gathered.Parts[part.Key!] = part;
    }

    internal static string[] KeysOf(IEnumerable<ObjectReference> parts) => [.. parts.Select(p => p.Key!)];
}
