namespace OdcPowerShell.Emulator;

/// <summary>The end-user roles of one user.</summary>
internal sealed class UserApplicationRolesApi(EmulatedTenant tenant)
{
    private const string Roles = IdentityApi.Base + "/users/{key}/application-roles";

    public void Map(ApiMap map)
    {
        map.Get(Roles, IdentityAccess.ViewEndUsers, Query);
        map.Post($"{Roles}/{{roleKey}}", IdentityAccess.GrantEndUserRoles, Grant);
        map.Map("DELETE", $"{Roles}/{{roleKey}}", IdentityAccess.GrantEndUserRoles, Revoke);
    }

    private Task Query(ApiCall call)
    {
        var state = tenant.Identity.State;
        var user = state.User(call.Key("key"), IdentityAccess.VisibleTo(call.Client));
        var sources = call.Query.Choices<AssignmentSource>("assignmentSources");
        if (sources.Count == 0)
            sources = [AssignmentSource.Direct];
        var groups = call.Query.Guids("groupKeys");
        var filter = Filter(call.Query);
        var assignments = tenant.Roles.Of(user.Roles).Where(filter).SortedFor(call.Query)
            .Select(role => (Role: role, Assignment: RoleAssignment.Of(user, role, tenant, state, sources)))
            .Where(entry => entry.Assignment.IsAny
                && (groups.Count == 0 || entry.Assignment.Groups.Any(group => groups.Contains(group.Key))));
        return call.PageAsync(
            assignments, entry => UserRoleBody.Of(entry.Role, entry.Assignment, tenant), IdentityWireJson.Default.PagedBodyUserRoleBody);
    }

    private Task Grant(ApiCall call)
    {
        var (key, bit) = Keys(call);
        tenant.Identity.Change(state =>
        {
            var user = state.User(key);
            return state.With(user, user.ToDetails() with { DirectRoles = user.DirectRoles | bit });
        });
        return call.EmptyAsync(StatusCodes.Status201Created);
    }

    private Task Revoke(ApiCall call)
    {
        var (key, bit) = Keys(call);
        tenant.Identity.Change(state =>
        {
            var user = state.User(key);
            return (user.DirectRoles & bit) == 0
                ? throw new ProblemException(IdentityCause.NotGranted(call.Key("roleKey")))
                : state.With(user, user.ToDetails() with { DirectRoles = user.DirectRoles & ~bit });
        });
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    private (Guid User, ulong Role) Keys(ApiCall call)
    {
        var (user, role) = (call.Key("key"), call.Key("roleKey"));
        var bit = tenant.Roles.Bit(role);
        return bit != 0 ? (user, bit) : throw new ProblemException(Cause.NotFound("application role", role));
    }

    private Func<EmulatedRole, bool> Filter(QueryReader query)
    {
        var name = query.Text("nameContains");
        var assets = query.OneOrMany("assetKey", "assetKeys");
        var stages = query.StageFilter(tenant);
        var keys = query.Guids("applicationRoleKeys");
        return role => role.Name.Matches(name)
            && assets?.Contains(role.AssetKey) != false
            && stages?.Contains(role.StageKey) != false
            && (keys.Count == 0 || keys.Contains(role.Key));
    }
}
