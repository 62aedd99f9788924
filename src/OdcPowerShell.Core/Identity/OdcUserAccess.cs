namespace OdcPowerShell.Identity;

/// <summary>A role that a user has, of either kind, and one way in which the user has it.</summary>
[Columns("UserName 16", "RoleName 13", "AssetName 17", "StageName 12", "Through 17", "RoleKind 12", "UserEmail")]
public sealed class OdcUserAccess : OdcResource
{
    public string? UserKey { get; set; }

    public string? UserName { get; set; }

    public string? UserEmail { get; set; }

    /// <summary>Active, Invited, Inactive, PendingRegistration, or a value of a later version of the service.</summary>
    public string? UserStatus { get; set; }

    /// <summary>The user's last sign-in or token refresh, in UTC.</summary>
    public DateTimeOffset? LastLoginAt { get; set; }

    /// <summary>EndUser or Organization; null for a user without a role.</summary>
    public string? RoleKind { get; set; }

    public string? RoleName { get; set; }

    /// <summary>The key of the end-user role, which differs per stage.</summary>
    public string? EndUserRoleKey { get; set; }

    public string? OrganizationRoleKey { get; set; }

    /// <summary>The asset of the role; null for an organization role that applies to all assets.</summary>
    public string? AssetKey { get; set; }

    /// <summary>The asset's name, where the API client may open the asset.</summary>
    public string? AssetName { get; set; }

    /// <summary>The stage of an end-user role; null for an organization role.</summary>
    public string? StageKey { get; set; }

    /// <summary>The stage of an end-user role, or the stages that the permissions of an organization role are limited to. Null for an organization role that applies in all stages.</summary>
    public string? StageName { get; set; }

    public string? PortfolioKey { get; set; }

    public string? PortfolioName { get; set; }

    /// <summary>Direct, GroupAssigned (the user was added to a group), GroupMapped (a claim is mapped to a group), or Unknown where the service does not say.</summary>
    public string? Source { get; set; }

    /// <summary>The group through which the user has the role.</summary>
    public string? GroupKey { get; set; }

    public string? GroupName { get; set; }

    /// <summary>The name of the group through which the user has the role; else the source.</summary>
    public string? Through => GroupName ?? Source;

    /// <summary>When an organization role begins; null for no limit.</summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>When an organization role expires; null for no limit.</summary>
    public DateTimeOffset? EndTime { get; set; }

    internal static OdcUserAccess Of(OdcUser user) => new()
    {
        UserKey = user.UserKey,
        UserName = user.Name,
        UserEmail = user.Email,
        UserStatus = user.Status,
        LastLoginAt = user.LastLoginAt,
    };

    /// <summary>One row for each way in which the user has the role.</summary>
    internal static IEnumerable<OdcUserAccess> Of(OdcUser user, OdcUserEndUserRole role)
    {
        var groups = role.AssignedGroups ?? [];
        if (role.IsDirect)
            yield return Of(user, role, RoleSources.Direct, group: null);
        foreach (var group in groups)
            yield return Of(user, role, "Group" + group.MembershipType, group);
        if (!role.IsDirect && groups.Count == 0)
            yield return Of(user, role, RoleSources.Unknown, group: null);
    }

    internal static OdcUserAccess Of(OdcUser user, OdcUserOrganizationRole role)
    {
        var row = Of(user);
        (row.RoleKind, row.Source, row.RoleName, row.OrganizationRoleKey) = (AccessKinds.Organization, RoleSources.Direct, role.Name, role.OrganizationRoleKey);
        (row.AssetKey, row.PortfolioKey, row.StartTime, row.EndTime) = (role.AssetKey, role.PortfolioKey, role.GrantPeriod?.StartTime, role.GrantPeriod?.EndTime);
        return row;
    }

    private static OdcUserAccess Of(OdcUser user, OdcUserEndUserRole role, string source, OdcAssignedGroup? group)
    {
        var row = Of(user);
        (row.RoleKind, row.Source, row.RoleName, row.EndUserRoleKey) = (AccessKinds.EndUser, source, role.Name, role.EndUserRoleKey);
        (row.AssetKey, row.StageKey, row.PortfolioKey, row.GroupKey, row.GroupName) = (role.AssetKey, role.StageKey, role.PortfolioKey, group?.GroupKey, group?.Name);
        return row;
    }

    public override string ToString() => RoleName is null ? $"{UserEmail ?? UserKey}: no role" : $"{UserEmail ?? UserKey}: {RoleName}";
}

/// <summary>The kinds of roles.</summary>
internal static class AccessKinds
{
    internal const string EndUser = "EndUser";
    internal const string Organization = "Organization";
}
