using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>A difference of two tenants, or of two exports of one.</summary>
/// <param name="Kind">The kind of object.</param>
/// <param name="Stage">The stage that it belongs to; null for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Property">The property, with the item of a list or the name of a setting: <c>roles[Order Desk/Support]</c>. Null for the whole object.</param>
/// <param name="Reference">The value in the reference; null if it is not there.</param>
/// <param name="Difference">The value in what is compared with it; null if it is not there.</param>
/// <param name="IsState">Whether it can't be changed through the API.</param>
internal sealed record TenantDifference(TenantKind Kind, string? Stage, string Name, string? Property, string? Reference, string? Difference, bool IsState)
{
    /// <summary>Added: only in what is compared. Removed: only in the reference. Otherwise Changed.</summary>
    internal string Change => Reference is null ? "Added" : Difference is null ? "Removed" : "Changed";
}

/// <summary>Compares documents, property by property, as their shape says. What either side has not read is left out.</summary>
internal static class TenantComparison
{
    internal static IEnumerable<TenantDifference> Of(TenantContent reference, TenantContent difference)
    {
        var others = difference.Documents.GroupBy(d => d.Identity).ToDictionary(same => same.Key, same => same.First());
        foreach (var document in reference.Documents)
        {
            if (others.TryGetValue(document.Identity, out var other))
            {
                others.Remove(document.Identity);
                foreach (var found in Of(document, other))
                    yield return found;
            }
            else if (!IsUnread(difference, document))
            {
                yield return Whole(document, document.Name, null);
            }
        }

        foreach (var added in difference.Documents.Where(d => others.ContainsKey(d.Identity) && !IsUnread(reference, d)))
            yield return Whole(added, null, added.Name);
    }

    /// <summary>Names what differs only in the case of its name, or of its stage's, as the reference does: an import takes it for the same, if no other object has the name.</summary>
    internal static TenantContent Aligned(TenantContent reference, TenantContent difference)
    {
        var (known, present) = (Identities(reference), Identities(difference));
        var ours = reference.Documents.Where(d => !present.Contains(d.Identity)).ToLookup(Folded);
        var theirs = difference.Documents.Where(d => !known.Contains(d.Identity)).ToLookup(Folded);
        return difference with
        {
            Documents = [.. difference.Documents.Select(d => !known.Contains(d.Identity) && theirs[Folded(d)].Count() == 1 && ours[Folded(d)].Count() == 1 && ours[Folded(d)].First() is var same ? d with { Stage = same.Stage, Name = same.Name } : d)],
        };

        static HashSet<(string, string, string)> Identities(TenantContent content) => [.. content.Documents.Select(d => d.Identity)];

        static (string, string, string) Folded(TenantDocument document) => (document.Kind.Name, document.Stage?.ToUpperInvariant() ?? "", document.Name.ToUpperInvariant());
    }

    /// <summary>The differences of one object.</summary>
    internal static IEnumerable<TenantDifference> Of(TenantDocument reference, TenantDocument difference) => reference.Kind.Shape.Properties
        // Objects were paired by their names, so these are the same.
        .Where(p => reference.Kind.IsSingle || p.Name != reference.Kind.NameProperty)
        // Personal data that only one side has was not exported there.
        .Where(p => !p.IsPersonal || (reference.Content.ContainsKey(p.Name) && difference.Content.ContainsKey(p.Name)))
        .Where(p => !IsLeftOpen(p, reference, reference.Content) && !IsLeftOpen(p, difference, difference.Content))
        .SelectMany(p => Of(p, (reference, reference.Content[p.Name]), (difference, difference.Content[p.Name])).Select(d =>
            new TenantDifference(reference.Kind, reference.Stage, reference.Name, d.Path, d.Reference, d.Difference, p.IsState || reference.Kind.IsState)));

    internal static bool IsUnread(TenantContent content, TenantDocument document) => content.IsUnread(document.Kind, document.Stage, document.Name);

    /// <summary>The name of the vault entry of a secret; null for a value.</summary>
    internal static string? VaultEntryOf(JsonNode? setting) => setting is JsonObject json ? TenantValues.Text(json["secret"]) : null;

    private static TenantDifference Whole(TenantDocument document, string? reference, string? difference) =>
        new(document.Kind, document.Stage, document.Name, Property: null, reference, difference, document.Kind.IsState);

    private static IEnumerable<(string Path, string? Reference, string? Difference)> Of(TenantProperty property, (TenantDocument Of, JsonNode? Value) reference, (TenantDocument Of, JsonNode? Value) difference)
    {
        if (property.Type is TenantValue.Text or TenantValue.Number or TenantValue.Flag)
        {
            var (one, two) = (TenantValues.Usual(property, reference.Value), TenantValues.Usual(property, difference.Value));
            if (one != two)
                yield return (property.Name, one, two);
            yield break;
        }

        var (ours, theirs) = (Items(property, reference.Value), Items(property, difference.Value));
        foreach (var name in ours.Keys.Union(theirs.Keys, ours.Comparer).OrderBy(n => n, StringComparer.Ordinal))
        {
            var (mine, other) = (ours.TryGetValue(name, out var m) ? m : null, theirs.TryGetValue(name, out var o) ? o : null);
            if (mine is not null && other is not null && property.Of is { } shape)
            {
                // Their identity is the same, but for its case.
                foreach (var found in shape.Properties.Where(p => shape.Identity?.Contains(p.Name, StringComparer.Ordinal) == false && !IsLeftOpen(p, reference.Of, mine) && !IsLeftOpen(p, difference.Of, other))
                    .SelectMany(p => Of(p, (reference.Of, mine[p.Name]), (difference.Of, other[p.Name]))))
                {
                    yield return ($"{property.Name}[{name}].{found.Path}", found.Reference, found.Difference);
                }
            }
            else if (Shown(property, mine, other) is var (one, two) && !string.Equals(one, two, property.Type == TenantValue.Texts ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            {
                yield return ($"{property.Name}[{name}]", one, two);
            }
        }
    }

    // What a person who wrote a file left out is as the service has it.
    private static bool IsLeftOpen(TenantProperty property, TenantDocument document, JsonNode content) =>
        document.File is not null && property.IsOpenWithout && !document.Kind.IsState && content[property.Name] is null;

    /// <summary>The items of a list by what distinguishes them. Names in lists differ not only in case: the service finds what they name without it.</summary>
    internal static Dictionary<string, JsonNode> Items(TenantProperty property, JsonNode? node)
    {
        var items = new Dictionary<string, JsonNode>(property.Type == TenantValue.Settings ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        if (node is JsonObject settings)
        {
            foreach (var setting in settings)
                items[setting.Key] = setting.Value ?? JsonValue.Create("");
        }

        foreach (var item in node is JsonArray array ? array.OfType<JsonNode>() : [])
            items[property.Of is { } shape ? IdentityOf(shape, name => TenantValues.Text(item[name])) : TenantValues.Usual(property, item) ?? ""] = item;
        return items;
    }

    /// <summary>What distinguishes an object of a list, as a text.</summary>
    internal static string IdentityOf(TenantShape shape, Func<string, string?> text) =>
        string.Join("/", (shape.Identity ?? shape.Properties.Select(p => p.Name)).Select(text).Where(part => part is not null));

    // The value of a secret is on neither side: that it is one is all that can be compared. What the other side has in its place may be its value.
    private static (string? One, string? Other) Shown(TenantProperty property, JsonNode? one, JsonNode? other)
    {
        var hides = VaultEntryOf(one) is not null || VaultEntryOf(other) is not null;
        return (Shown(one), Shown(other));

        string? Shown(JsonNode? node) => VaultEntryOf(node) is not null ? "(secret)"
            : node is JsonObject && property.Of is { } shape ? TenantValues.Item(shape, node) ?? IdentityOf(shape, name => TenantValues.Text(node[name]))
            : TenantValues.Usual(property, node) is { } text ? hides ? "(not shown)" : text : null;
    }
}
