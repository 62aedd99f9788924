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

    /// <summary>The file that it was read from; null for one of the tenant.</summary>
    internal string? File { get; init; }

    /// <summary>What distinguishes it. Names that differ only in case are the same for the service's look-ups, but two objects can have them.</summary>
    internal (string Kind, string Stage, string Name) Identity => (Kind.Name, Stage ?? "", Name);

    public override string ToString() => $"{Kind.Noun} {(Kind.IsSingle ? "" : Name + " ")}{(Stage is null ? "" : "in " + Stage)}".TrimEnd();
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
        && (Name is null || string.Equals(Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The objects of a tenant, from the service or from files.</summary>
/// <param name="Documents">The objects, sorted by kind, stage and name.</param>
/// <param name="Unread">What was not read.</param>
internal sealed record TenantContent(IReadOnlyList<TenantDocument> Documents, IReadOnlyList<UnreadPart> Unread)
{
    internal TenantDocument? Find(TenantKind kind, string? stage, string name) => Documents.FirstOrDefault(d => d.Identity == (kind.Name, stage ?? "", name));
}
