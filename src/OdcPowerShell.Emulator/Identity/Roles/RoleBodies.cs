namespace OdcPowerShell.Emulator;

/// <summary>An end-user role.</summary>
internal sealed record RoleBody(
    Guid Key, string Name, Guid EnvironmentKey, Guid AssetKey, Guid ExternalKey, string Claim, Guid PortfolioKey)
{
    public static RoleBody Of(EmulatedRole role, EmulatedTenant tenant) => new(
        role.Key, role.Name, role.StageKey, role.AssetKey, role.ExternalKey, ClaimOf(role), tenant.PortfolioKey);

    public static string ClaimOf(EmulatedRole role) => role.Name.Replace(" ", "", StringComparison.Ordinal);
}

/// <summary>An end-user role of a user.</summary>
internal sealed record UserRoleBody(
    Guid Key, string Name, Guid EnvironmentKey, Guid AssetKey, Guid ExternalKey, string Claim, Guid PortfolioKey,
    bool IsDirectlyAssigned, IReadOnlyList<UserGroupBody> AssignedGroups)
{
    public static UserRoleBody Of(EmulatedRole role, RoleAssignment assignment, EmulatedTenant tenant) => new(
        role.Key, role.Name, role.StageKey, role.AssetKey, role.ExternalKey, RoleBody.ClaimOf(role), tenant.PortfolioKey,
        assignment.IsDirect, assignment.Groups);
}

/// <summary>A group through which a user has a role; one that is both assigned and mapped comes twice.</summary>
internal sealed record UserGroupBody(Guid Key, string Name, string MembershipType);
