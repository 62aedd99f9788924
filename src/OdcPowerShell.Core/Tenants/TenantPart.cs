namespace OdcPowerShell.Tenants;

/// <summary>A list of a tenant, or the reason why the API client may not read it. An empty list and a list that can't be read are never the same.</summary>
/// <param name="Name">What it is, in messages: the groups, the domains of Production.</param>
/// <param name="Items">The objects; empty if the list can't be read.</param>
/// <param name="Missing">The permission that the API client lacks; null if the list was read.</param>
internal sealed record TenantPart<T>(string Name, IReadOnlyList<T> Items, string? Missing = null)
{
    internal bool IsRead => Missing is null;
}
