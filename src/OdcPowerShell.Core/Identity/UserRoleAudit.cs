namespace OdcPowerShell.Identity;

/// <summary>A user whose roles are read; name and e-mail are null while only the key is known.</summary>
internal sealed record RoleOwner(string Key, string? Name, string? Email);

/// <summary>
/// The end-user roles of many users. A request for each user is expensive. Reading the users again with their roles, 20 in a request, and the
/// members and roles of every group takes fewer requests if there are few groups, and is as exact: users have their direct roles, and groups
/// have the others.
/// </summary>
internal sealed class UserRoleAudit(OdcClient client, IReadOnlyList<RoleOwner> owners, IReadOnlyCollection<string> sources)
{
    /// <summary>How many users are gathered before their roles are read.</summary>
    internal const int UsersAtOnce = 1000;

    private const int RequestsPerGroup = 2;
    private static readonly ListWindow Whole = new();
    private readonly List<string> _missing = [];

    /// <summary>Keys without a user that the API client can see.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    /// <summary>Reads the roles of one user.</summary>
    internal IPagedList<OdcUserEndUserRole> OfUser(RoleOwner owner, Query query, ListWindow window) => IdentityReaders
        .Named(client, new OffsetPages<OdcUserEndUserRole>(client, IdentityApi.QueryEndUserRolesOfUser, query, window, owner.Key))
        .Do(role => Stamp(role, owner));

    /// <summary>The users with their names and e-mails; those with only a key are read.</summary>
    internal async Task<IReadOnlyList<RoleOwner>> LearnNamesAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var unknown = owners.Where(o => o.Email is null).Select(o => o.Key).ToList();
        var found = new Dictionary<string, OdcUser>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < unknown.Count; i += IdentityApi.KeysPerRequest)
        {
            foreach (var (key, user) in await UserLookup.FindAsync(client, [.. unknown.Skip(i).Take(IdentityApi.KeysPerRequest)], new Query(), caller, cancellationToken).ConfigureAwait(false))
            {
                if (user is not null)
                    found[key] = user;
            }
        }

        return [.. owners.Select(o => found.TryGetValue(o.Key, out var user) ? o with { Name = user.Name, Email = user.Email } : o)];
    }

    /// <summary>All rows, read through the groups; null if a request for each user is cheaper, or if the API client may not see groups.</summary>
    internal async Task<IReadOnlyList<OdcUserEndUserRole>?> TryReadByGroupsAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var batches = (owners.Count + IdentityApi.KeysPerRequest - 1) / IdentityApi.KeysPerRequest;
        if (owners.Count <= batches + RequestsPerGroup)
            return null;
        try
        {
            var list = new OffsetPages<OdcGroup>(client, IdentityApi.QueryGroups, new Query(), Whole);
            var groups = new List<OdcGroup>();
            await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
            {
                groups.AddRange(page);
                if (owners.Count <= batches + (RequestsPerGroup * Math.Max(groups.Count, list.TotalCount ?? 0)))
                    return null;
            }

            var grants = await GroupGrants.ReadAsync(client, groups, caller, cancellationToken).ConfigureAwait(false);
            return await JoinAsync(grants, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            caller.Verbose($"Not read in one list, because {Permission.Lacks(e.RequiredPermission)}: roles are asked for user by user.");
            return null;
        }
    }

    private async Task<IReadOnlyList<OdcUserEndUserRole>> JoinAsync(GroupGrants grants, ICaller caller, CancellationToken cancellationToken)
    {
        var rows = new List<OdcUserEndUserRole>();
        var embed = new Query().Add("embed", "ApplicationRoles");
        for (var i = 0; i < owners.Count; i += IdentityApi.KeysPerRequest)
        {
            var batch = owners.Skip(i).Take(IdentityApi.KeysPerRequest).ToList();
            var users = await UserLookup.FindAsync(client, [.. batch.Select(o => o.Key)], embed, caller, cancellationToken).ConfigureAwait(false);
            foreach (var (owner, user) in batch.Zip(users, (o, u) => (o, u.User)))
            {
                if (user is null)
                {
                    _missing.Add(owner.Key);
                    continue;
                }

                var known = owner with { Name = user.Name, Email = user.Email };
                rows.AddRange(grants.Join(owner.Key, user.Embedded?.EndUserRoles ?? []).Select(Wanted).Where(role => role.Source.Length > 0).Select(role => Stamp(role, known)));
            }
        }

        await IdentityReaders.NameAsync(client, rows, caller, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    // Like the service, a role lists only the sources that were asked for.
    private OdcUserEndUserRole Wanted(OdcUserEndUserRole role) => new(
        role, role.IsDirect && IsWanted(RoleSources.Direct), [.. (role.AssignedGroups ?? []).Where(g => IsWanted("Group" + g.MembershipType))]);

    private bool IsWanted(string source) => sources.Contains(source, StringComparer.OrdinalIgnoreCase);

    private static OdcUserEndUserRole Stamp(OdcUserEndUserRole role, RoleOwner owner)
    {
        (role.UserKey, role.UserName, role.UserEmail) = (owner.Key, owner.Name, owner.Email);
        return role;
    }
}

/// <summary>The end-user roles that users have through groups.</summary>
internal sealed class GroupGrants
{
    private readonly Dictionary<string, List<(OdcGroup Group, OdcGroupUser Member)>> _groupsOf = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<OdcEndUserRole>> _rolesOf = new(StringComparer.OrdinalIgnoreCase);

    private GroupGrants()
    {
    }

    /// <summary>All roles of the groups.</summary>
    internal IEnumerable<OdcEndUserRole> Roles => _rolesOf.Values.SelectMany(roles => roles);

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
