namespace OdcPowerShell.Emulator;

internal sealed class RolesApi(EmulatedTenant tenant, UserLists lists)
{
    private const string Roles = IdentityAccess.Base + "/application-roles";
    private const string OfUser = IdentityAccess.Base + "/users/{key}/application-roles";
    private readonly EmulatedIdentity _identity = tenant.Identity;
    private readonly Table<EmulatedRole> _roles = tenant.Store.Roles;

    public void Map(ApiMap map)
    {
        map.List(Roles, IdentityAccess.ViewEndUsers, Paging.Totals, _ => _roles.All)
            .Key("key", role => role.Key)
            .Key("assetKey", role => role.AssetKey)
            .Contains("nameContains", role => role.Name)
            .In(call => lists.StageFilter(call.Query), role => role.StageKey)
            .SortedByChoice(("Name", role => role.Name), ("EnvironmentKey", role => role.StageKey), ("AssetKey", role => role.AssetKey))
            .As(lists.Role);
        map.List($"{Roles}/{{key}}/users", IdentityAccess.ViewEndUsers, Paging.Totals, UsersOf)
            .Key("userKey", user => user.Key)
            .WithNames()
            .Dates("lastLoginAtSince", "lastLoginAtTo", user => user.LastLoginAt)
            .AsFor(lists.UserOfRole);

        map.List(OfUser, IdentityAccess.ViewEndUsers, Paging.Totals, Assignments)
            .Contains("nameContains", entry => entry.Role.Name)
            .OneOrMany("assetKey", "assetKeys", entry => entry.Role.AssetKey)
            .In(call => lists.StageFilter(call.Query), entry => entry.Role.StageKey)
            .Keys("applicationRoleKeys", entry => entry.Role.Key)
            .Where(call => call.Query.Guids("groupKeys") is { Count: > 0 } keys
                ? entry => entry.Assignment.Groups.Any(group => keys.Contains(group.Key))
                : null)
            .SortedByChoice(("Name", entry => entry.Role.Name), ("EnvironmentKey", entry => entry.Role.StageKey), ("AssetKey", entry => entry.Role.AssetKey))
            .As(entry => lists.UserRole(entry.Role, entry.Assignment));
        var grant = Access.OneOf("User management > Manage end-user access");
        map.Post($"{OfUser}/{{roleKey}}", grant, call =>
        {
            var (user, role) = Find(call);
            if (!user.DirectRoles.Contains(role))
                _identity.Set(user with { DirectRoles = [.. user.DirectRoles, role] });
            return null;
        });
        map.Delete($"{OfUser}/{{roleKey}}", grant, call =>
        {
            var (user, role) = Find(call);
            if (!user.DirectRoles.Contains(role))
                throw IdentityCause.NotGranted(role.Key);
            _identity.Set(user with { DirectRoles = [.. user.DirectRoles.Where(other => other != role)] });
        });
    }

    private IEnumerable<EmulatedUser> UsersOf(ApiCall call)
    {
        var role = _roles[call.Key("key")];
        return lists.Sorted(call, "UserKey").Where(user => user.Roles.Contains(role));
    }

    private IEnumerable<(EmulatedRole Role, RoleAssignment Assignment)> Assignments(ApiCall call)
    {
        var user = lists.Visible(call);
        var sources = call.Query.Choices("assignmentSources", RoleAssignment.Sources) is { Count: > 0 } some ? some : ["Direct"];
        return user.Roles.Select(role => (Role: role, Assignment: lists.Assignment(user, role, sources)))
            .Where(entry => entry.Assignment.IsDirect || entry.Assignment.Groups.Count > 0);
    }

    private (EmulatedUser User, EmulatedRole Role) Find(ApiCall call)
    {
        var role = _roles[call.Key("roleKey")];
        return (_identity.UserTable[call.Key("key")], role);
    }
}
