using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>An object of a tenant as its file has it: names instead of keys, lists sorted, no secrets.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Stage">The name of the stage that it belongs to; null for the organization's.</param>
/// <param name="Name">Its name; the noun of its kind where there is only one.</param>
/// <param name="Content">Its properties, as <see cref="TenantKind.Shape"/> describes them, in that order. Absent means empty.</param>
internal sealed record TenantDocument(TenantKind Kind, string? Stage, string Name, JsonObject Content)
{
    /// <summary>The key in the tenant, where it was read from one; never written to a file.</summary>
    internal string? Key { get; init; }

    /// <summary>The file that it was read from, relative to its folder, with slashes; null for one of the tenant.</summary>
    internal string? File { get; init; }

    /// <summary>The lines of its properties and of the items in them, by the path that a <see cref="TenantDifference"/> has: <c>roles[Order Desk/Support]</c>.</summary>
    internal IReadOnlyDictionary<string, int>? Lines { get; init; }

    /// <summary>What distinguishes it. Names that differ only in case are the same for the service's look-ups, but two objects can have them.</summary>
    internal (string Kind, string Stage, string Name) Identity => (Kind.Name, Stage ?? "", Name);

    /// <summary>Where a property, or an item of one, is in its file, for messages: <c>groups/Sales.json:12</c>. Null for a document of the tenant.</summary>
    internal string? PlaceOf(string? path = null)
    {
        if (File is null)
            return null;
        for (var at = path; !string.IsNullOrEmpty(at); at = Parent(at!))
        {
            if (Lines?.TryGetValue(at!, out var line) == true)
                return FormattableString.Invariant($"{File}:{line}");
        }

        return File + ":1";
    }

    // Of an item that has no line of its own, the list's line.
    private static string Parent(string path) => path.LastIndexOfAny(['.', '[']) is > 0 and var end ? path.Substring(0, end) : "";

    public override string ToString() => string.Join(" ", new[] { Kind.Noun, Kind.IsSingle ? null : Name, Stage is null ? null : "in " + Stage }.Where(word => word is not null));
}

/// <summary>A part of a tenant that was not read, so that nothing about it is known: it is neither compared nor removed.</summary>
/// <param name="Kind">The kind of objects.</param>
/// <param name="Stage">The stage; null for all stages, or for what belongs to none.</param>
/// <param name="Name">The object, if only this one was not read; null for all of the kind.</param>
/// <param name="Reason">Why: the missing permission.</param>
internal sealed record UnreadPart(TenantKind Kind, string? Stage, string? Name, string Reason)
{
    internal bool Covers(TenantKind kind, string? stage, string name) => Kind == kind
        && (Stage is null || string.Equals(Stage, stage, StringComparison.OrdinalIgnoreCase))
        && (Name is null || string.Equals(Name, name, StringComparison.Ordinal));

    public override string ToString() => $"{Kind.Noun}{(Name is null || Kind.IsSingle ? "" : $" '{Name}'")}{(Stage is null ? "" : " in " + Stage)}: {Reason}";
}

/// <summary>A kind that a tenant has no object of.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Stage">The stage; null for the organization.</param>
internal sealed record EmptyPart(TenantKind Kind, string? Stage);

/// <summary>What a content is complete for. What is outside is unknown, and not absent.</summary>
/// <param name="Kinds">The kinds of objects.</param>
/// <param name="Stages">The names of the stages; empty for all.</param>
/// <param name="WithUsers">Whether it has personal data.</param>
internal sealed record TenantScope(IReadOnlyList<TenantKind> Kinds, IReadOnlyList<string> Stages, bool WithUsers)
{
    internal bool Covers(TenantKind kind, string? stage) => Kinds.Contains(kind)
        && (Stages.Count == 0 || (stage is null ? !kind.IsOfOrganizationToo : Stages.Contains(stage, StringComparer.OrdinalIgnoreCase)));

    internal bool IsSame(TenantScope other) => WithUsers == other.WithUsers && new HashSet<TenantKind>(Kinds).SetEquals(other.Kinds)
        && new HashSet<string>(Stages, StringComparer.OrdinalIgnoreCase).SetEquals(other.Stages);

    public override string ToString() =>
        $"{(Kinds.Count >= TenantKinds.All.Count - 1 ? "all kinds" : string.Join(", ", Kinds.Select(k => k.Name)))}, {(Stages.Count == 0 ? "all stages" : string.Join(", ", Stages))}, {(WithUsers ? "with" : "without")} users";
}

/// <summary>The objects of a tenant, from the service or from files.</summary>
/// <param name="Documents">The objects, sorted by kind, stage and name.</param>
/// <param name="Unread">What was not read.</param>
internal sealed record TenantContent(IReadOnlyList<TenantDocument> Documents, IReadOnlyList<UnreadPart> Unread)
{
    /// <summary>What it is complete for, apart from what was not read; null for everything.</summary>
    internal TenantScope? Scope { get; init; }

    /// <summary>The host of the tenant that it was read from; null if it is not known.</summary>
    internal string? Tenant { get; init; }

    /// <summary>Of files, the kinds that the tenant had none of: if others have no file, files are missing. Null if it was read from a tenant.</summary>
    internal IReadOnlyList<EmptyPart>? Empty { get; init; }

    internal TenantDocument? Find(TenantKind kind, string? stage, string name) => Documents.FirstOrDefault(d => d.Identity == (kind.Name, stage ?? "", name));

    /// <summary>Whether it is unknown if the object exists.</summary>
    internal bool IsUnread(TenantKind kind, string? stage, string name) => Scope?.Covers(kind, stage) == false || Unread.Any(u => u.Covers(kind, stage, name));

    /// <summary>Documents in the order of files and rows.</summary>
    internal static IReadOnlyList<TenantDocument> Sorted(IEnumerable<TenantDocument> documents) =>
        [.. documents.OrderBy(d => d.Kind.Place).ThenBy(d => d.Stage, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal).ThenBy(d => d.Key, StringComparer.Ordinal)];

    internal static IReadOnlyList<UnreadPart> Sorted(IEnumerable<UnreadPart> unread) =>
        [.. unread.Distinct().OrderBy(u => u.Kind.Place).ThenBy(u => u.Stage, StringComparer.Ordinal).ThenBy(u => u.Name, StringComparer.Ordinal).ThenBy(u => u.Reason, StringComparer.Ordinal)];
}

/// <summary>Takes one stage out of a content, so that it can be compared with another.</summary>
internal static class TenantStages
{
    /// <summary>The kinds that two stages can both have the same of.</summary>
    internal static IEnumerable<TenantKind> Kinds => TenantKinds.All.Where(k => k.IsPerStage && k != TenantKinds.Stage);

    /// <summary>The documents of a stage, as if they belonged to the stage of that name.</summary>
    internal static TenantContent Of(TenantContent content, string stage, string name) => new(
        [.. content.Documents.Where(d => Is(d.Stage, stage)).Select(d => d with { Stage = name })],
        [.. content.Unread.Where(u => u.Stage is null || Is(u.Stage, stage)).Select(u => u with { Stage = name })]);

    private static bool Is(string? own, string stage) => string.Equals(own, stage, StringComparison.OrdinalIgnoreCase);
}
