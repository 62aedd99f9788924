using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>What has to change in an object of the tenant so that it is as its file says. Without -Prune, nothing that only the tenant has changes.</summary>
/// <param name="wanted">The object as its file has it.</param>
/// <param name="now">The object in the tenant; null for a new one.</param>
/// <param name="prunes">Whether what the file does not have is removed.</param>
internal sealed class TenantDelta(TenantDocument wanted, TenantDocument? now, bool prunes)
{
    private readonly List<TenantPropertyChange> _changes = [];

    internal IReadOnlyList<TenantPropertyChange> Changes => _changes;

    internal TenantDocument Wanted => wanted;

    /// <summary>The text of a value; null for none, and for an empty one.</summary>
    internal static string? Text(JsonNode? node) => TenantValues.Text(node);

    internal static bool? Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    internal static IReadOnlyList<string> Texts(JsonNode? node) => [.. (node as JsonArray ?? []).Select(Text).OfType<string>()];

    internal string? this[string property] => Text(wanted.Content[property]);

    /// <summary>Whether a single value has to change. A value that the file does not have stays, unless -Prune clears a text that need not be there.</summary>
    internal bool Differs(string property)
    {
        var shape = wanted.Kind.Shape.Find(property)!;
        var (from, to) = (TenantValues.Usual(shape, now?.Content[property]), TenantValues.Usual(shape, wanted.Content[property]));
        if (string.Equals(from, to, StringComparison.Ordinal) || (to is null && !(prunes && !shape.IsOpenWithout)))
            return false;
        _changes.Add(new TenantPropertyChange(property, from, to));
        return true;
    }

    /// <summary>What has to change in a list.</summary>
    internal ListDelta Items(string property)
    {
        var shape = wanted.Kind.Shape.Find(property)!;
        var (after, before) = (TenantComparison.Items(shape, wanted.Content[property]), TenantComparison.Items(shape, now?.Content[property]));
        var delta = new ListDelta();
        foreach (var item in after)
        {
            if (!before.TryGetValue(item.Key, out var old))
                delta.Added.Add((item.Key, item.Value));
            else if (!IsSame(shape.Of, old, item.Value))
                delta.Changed.Add((item.Key, item.Value));
            else
                continue;
            _changes.Add(new TenantPropertyChange($"{property}[{item.Key}]", old is null ? null : TenantValues.Item(shape.Of, old) ?? "(none)", TenantValues.Item(shape.Of, item.Value) ?? (old is null ? item.Key : "(none)"))
            {
                Widens = old is null ? null : shape.Of?.Properties.FirstOrDefault(p => p.EmptyMeans is not null && Texts(old[p.Name]).Count > 0 && Texts(item.Value[p.Name]).Count == 0)?.EmptyMeans,
            });
        }

        foreach (var item in before.Where(b => prunes && !after.ContainsKey(b.Key)))
        {
            delta.Removed.Add((item.Key, item.Value));
            _changes.Add(new TenantPropertyChange($"{property}[{item.Key}]", TenantValues.Item(shape.Of, item.Value) ?? item.Key, null));
        }

        return delta;
    }

    /// <summary>Leaves a change out: it can't be made.</summary>
    internal void Drop(string property) => _changes.RemoveAll(c => c.Property == property);

    /// <summary>Adds a change that was found in another way.</summary>
    internal void Add(string property, string? from, string? to) => _changes.Add(new TenantPropertyChange(property, from, to));

    // The order of a list means nothing, nor does the case of what distinguishes its items.
    private static bool IsSame(TenantShape? shape, JsonNode old, JsonNode item) => shape?.Identity is null
        || shape.Properties.Where(p => !shape.Identity.Contains(p.Name, StringComparer.Ordinal) && !(p.IsOpenWithout && item[p.Name] is null)).All(p => p.Type == TenantValue.Texts
            ? new HashSet<string>(Usual(p, old), StringComparer.OrdinalIgnoreCase).SetEquals(Usual(p, item))
            : string.Equals(TenantValues.Usual(p, old[p.Name]), TenantValues.Usual(p, item[p.Name]), StringComparison.Ordinal));

    private static IEnumerable<string> Usual(TenantProperty property, JsonNode item) => (item[property.Name] as JsonArray ?? []).Select(text => TenantValues.Usual(property, text)).OfType<string>();
}

/// <summary>What has to change in a list: items by what distinguishes them.</summary>
internal sealed class ListDelta
{
    internal List<(string Name, JsonNode Item)> Added { get; } = [];

    internal List<(string Name, JsonNode Item)> Changed { get; } = [];

    internal List<(string Name, JsonNode Item)> Removed { get; } = [];

    internal bool IsEmpty => Added.Count + Changed.Count + Removed.Count == 0;
}
