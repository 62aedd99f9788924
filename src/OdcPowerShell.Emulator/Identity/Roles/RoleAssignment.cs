namespace OdcPowerShell.Emulator;

/// <summary>How a user has an end-user role.</summary>
internal enum AssignmentSource
{
    Direct,
    GroupAssigned,
    GroupMapped,
}

/// <summary>The ways by which a user has a role, as far as they were asked for.</summary>
internal sealed record RoleAssignment(bool IsDirect, IReadOnlyList<UserGroupBody> Groups)
{
    private static readonly AssignmentSource[] s_all = Enum.GetValues<AssignmentSource>();

    public bool IsAny => IsDirect || Groups.Count > 0;

    public static RoleAssignment Of(
        EmulatedUser user, EmulatedRole role, EmulatedTenant tenant, IdentityState state, IReadOnlyList<AssignmentSource>? sources = null)
    {
        sources ??= s_all;
        var bit = tenant.Roles.Bit(role.Key);
        var groups = new List<UserGroupBody>();
        if ((user.InheritedRoles & bit) != 0)
        {
            foreach (var membership in user.Memberships)
            {
                var group = state.Groups[membership.GroupKey];
                if ((group.Roles & bit) == 0)
                    continue;
                if (membership.IsAssigned && sources.Contains(AssignmentSource.GroupAssigned))
                    groups.Add(new UserGroupBody(group.Key, group.Name, nameof(MembershipType.Assigned)));
                if (membership.IsMapped && sources.Contains(AssignmentSource.GroupMapped))
                    groups.Add(new UserGroupBody(group.Key, group.Name, nameof(MembershipType.Mapped)));
            }
        }

        return new RoleAssignment((user.DirectRoles & bit) != 0 && sources.Contains(AssignmentSource.Direct), groups);
    }
}
