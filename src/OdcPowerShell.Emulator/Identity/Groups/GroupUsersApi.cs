namespace OdcPowerShell.Emulator;

/// <summary>The users in a group.</summary>
internal sealed class GroupUsersApi(EmulatedTenant tenant)
{
    private const string Users = IdentityApi.Base + "/groups/{key}/users";

    private readonly GroupWrites _writes = new(tenant);

    public void Map(ApiMap map)
    {
        map.Get(Users, IdentityAccess.ManageGroups, Query);
        map.Map("PATCH", Users, IdentityAccess.ManageGroups, Patch);
    }

    private Task Query(ApiCall call)
    {
        var state = tenant.Identity.State;
        var group = state.Group(call.Key("key"));
        var (sort, descending) = call.Query.Sort<UserSort>();
        var embed = call.Query.Choices<UserEmbed>("embed");
        var (users, page) = UserPages.Read(call, state.Users, UserFilter.OfGroup(call.Query, group), sort, descending);
        return call.JsonAsync(
            new PagedBody<GroupUserBody>(
                users.ConvertAll(user => new GroupUserBody(
                    user.MembershipIn(group)!.Types(), GroupUserProfileBody.Of(user, tenant, embed))),
                page),
            IdentityWireJson.Default.PagedBodyGroupUserBody);
    }

    private async Task Patch(ApiCall call)
    {
        var key = call.Key("key");
        _writes.PatchUsers(key, await call.ReadAsync(IdentityWireJson.Default.PatchGroupUsersBody));
        call.Empty(StatusCodes.Status200OK);
    }
}
