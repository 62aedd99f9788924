namespace OdcPowerShell.Emulator;

internal sealed record OrganizationRoleBody(Guid Key, string Name, IReadOnlyList<RolePermissionBody> Permissions, bool IsReadOnly)
{
    public static OrganizationRoleBody Of(EmulatedOrganizationRole role, EmulatedIdentity identity) => new(
        role.Key, role.Name, [.. role.Permissions.Select(permission => RolePermissionBody.Of(permission, identity))], role.IsReadOnly);
}

internal sealed record RolePermissionBody(
    Guid PermissionKey, IReadOnlyList<Guid>? EnvironmentKeys = null, IReadOnlyList<Guid>? PortfolioKeys = null, string? ClaimName = null,
    string? Name = null)
{
    public static RolePermissionBody Of(PermissionOfRole permission, EmulatedIdentity identity)
    {
        var seeded = identity.Permissions.Single(other => other.Key == permission.PermissionKey);
        return new(permission.PermissionKey, permission.StageKeys, permission.PortfolioKeys, seeded.ClaimName, seeded.Name);
    }
}

/// <summary>An organization role to create or change.</summary>
internal sealed record WriteOrganizationRoleBody(string? Name = null, IReadOnlyList<RolePermissionBody>? Permissions = null);

internal sealed record CreatedOrganizationRoleBody(Guid OrgRoleKey);

/// <summary>An organization role of a user; one entry for each asset it was granted for.</summary>
internal sealed record UserOrganizationRoleBody(Guid Key, string Name, GrantPeriodBody? GrantPeriod, Guid? AssetKey, Guid? PortfolioKey)
{
    public static UserOrganizationRoleBody Of(OrganizationGrant grant, IdentityState state) => new(
        grant.RoleKey,
        state.OrganizationRoles[grant.RoleKey].Name,
        grant.StartTime is null && grant.EndTime is null
            ? null
            : new GrantPeriodBody(grant.StartTime?.UtcDateTime, grant.EndTime?.UtcDateTime),
        grant.AssetKey,
        grant.PortfolioKey);
}

internal sealed record GrantPeriodBody(DateTime? StartTime = null, DateTime? EndTime = null);

internal sealed record GrantBody(GrantPeriodBody? GrantPeriod = null, IReadOnlyList<Guid>? AssetKeys = null, Guid? PortfolioKey = null);

internal sealed record RevokeBody(IReadOnlyList<Guid>? AssetKeys = null);
