namespace OdcPowerShell.Identity;

/// <summary>The end-user roles that users have through groups.</summary>
internal sealed class GroupGrants
{
    private readonly Dictionary<string, List<(OdcGroup Group, OdcGroupUser Member)>> _groupsOf = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<OdcEndUserRole>> _rolesOf = new(StringComparer.OrdinalIgnoreCase);

    private GroupGrants()
    {
    }

    internal static async Task<GroupGrants> ReadAsync(OdcClient client, IReadOnlyList<OdcGroup> groups, ICaller caller, CancellationToken cancellationToken)
    {
        var grants = new GroupGrants();
        foreach (var group in groups.Where(g => g.GroupKey is not null))
        {
            try
            {
                await grants.AddAsync(client, group, caller, cancellationToken).ConfigureAwait(false);
            }
            catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
            {
                caller.Verbose($"The group {group.Name} was removed while groups were read.");
            }
        }

        return grants;
    }

    private async Task AddAsync(OdcClient client, OdcGroup group, ICaller caller, CancellationToken cancellationToken)
    {
        var roles = await new OffsetPages<OdcEndUserRole>(client, IdentityApi.QueryEndUserRolesOfGroup, new Query(), new ListWindow(), group.GroupKey!)
            .ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
        // Groups without roles grant nothing.
        if (roles.Count == 0)
            return;
        var members = await new OffsetPages<OdcGroupUser>(client, IdentityApi.QueryUsersOfGroup, new Query(), new ListWindow(), group.GroupKey!)
            .ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
        _rolesOf[group.GroupKey!] = roles;
        foreach (var member in members.Where(m => m.UserKey is not null))
            GroupsOf(member.UserKey!).Add((group, member));
    }

    /// <summary>The roles of a user: those from the user's own list, and those from groups.</summary>
    internal IEnumerable<OdcUserEndUserRole> Join(string userKey, IReadOnlyList<OdcUserEndUserRole> own)
    {
        // A role that the service lists once for each source is one row.
        var rows = own.GroupBy(r => r.EndUserRoleKey ?? "", StringComparer.OrdinalIgnoreCase).ToDictionary(
            same => same.Key,
            same => (Role: (OdcEndUserRole)same.First(), IsDirect: same.Any(r => r.IsDirect), Groups: same.SelectMany(r => r.AssignedGroups ?? []).ToList()),
            StringComparer.OrdinalIgnoreCase);
        foreach (var (group, member) in GroupsOf(userKey))
        {
            foreach (var role in _rolesOf[group.GroupKey!])
            {
                if (!rows.TryGetValue(role.EndUserRoleKey ?? "", out var row))
                    rows[role.EndUserRoleKey ?? ""] = row = (role, IsDirect: false, []);
                row.Groups.RemoveAll(g => string.Equals(g.GroupKey, group.GroupKey, StringComparison.OrdinalIgnoreCase));
                row.Groups.AddRange((member.MembershipTypes ?? []).Select(type => new OdcAssignedGroup { GroupKey = group.GroupKey, Name = group.Name, MembershipType = type }));
            }
        }

        return rows.Values.Select(r => new OdcUserEndUserRole(r.Role, r.IsDirect, r.Groups)).OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase);
    }

    private List<(OdcGroup Group, OdcGroupUser Member)> GroupsOf(string userKey)
    {
        if (!_groupsOf.TryGetValue(userKey, out var groups))
            _groupsOf[userKey] = groups = [];
        return groups;
    }
}
