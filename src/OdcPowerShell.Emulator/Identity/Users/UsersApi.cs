namespace OdcPowerShell.Emulator;

internal sealed class UsersApi(EmulatedTenant tenant)
{
    private const string Users = IdentityApi.Base + "/users";

    private readonly UserCreation _creation = new(tenant);

    public void Map(ApiMap map)
    {
        map.Get(Users, IdentityAccess.ReadUsers, Query);
        map.Get($"{Users}/count", IdentityAccess.ReadUsers, Count);
        map.Get($"{Users}/{{key}}", IdentityAccess.ReadUsers, Get);
        map.Post(Users, IdentityAccess.ManageUsers, Create);
        map.Map("PATCH", $"{Users}/{{key}}", IdentityAccess.ManageUsers, Patch);
        map.Map("DELETE", $"{Users}/{{key}}", IdentityAccess.ManageUsers, Delete);
    }

    private Task Query(ApiCall call)
    {
        var (sort, descending) = call.Query.Sort<UserSort>();
        var embed = call.Query.Choices<UserEmbed>("embed");
        var filter = UserFilter.OfList(call.Query, tenant);
        var state = tenant.Identity.State;
        var (users, page) = UserPages.Read(call, state.Users, filter, sort, descending);
        return call.JsonAsync(
            new PagedBody<UserBody>(users.ConvertAll(user => UserBody.Of(user, tenant, state, embed)), page),
            IdentityWireJson.Default.PagedBodyUserBody);
    }

    private Task Count(ApiCall call)
    {
        var filter = UserFilter.OfCount(call.Query, tenant);
        var view = tenant.Identity.State.Users.View(UserSort.Name, IdentityAccess.VisibleTo(call.Client));
        return call.JsonAsync(
            new UserCountBody(filter is null ? view.Length : view.Count(filter.Accepts)), IdentityWireJson.Default.UserCountBody);
    }

    private Task Get(ApiCall call)
    {
        var embed = call.Query.Choices<UserEmbed>("embed");
        var state = tenant.Identity.State;
        var user = state.User(call.Key("key"), IdentityAccess.VisibleTo(call.Client));
        return call.JsonAsync(UserBody.Of(user, tenant, state, embed), IdentityWireJson.Default.UserBody);
    }

    private async Task Create(ApiCall call)
    {
        var body = await call.ReadAsync(IdentityWireJson.Default.CreateUserBody);
        await call.CreatedAsync(new CreatedBody(_creation.Create(body)), IdentityWireJson.Default.CreatedBody);
    }

    private async Task Patch(ApiCall call)
    {
        var key = call.Key("key");
        var body = await call.ReadAsync(IdentityWireJson.Default.PatchUserBody);
        tenant.Identity.Change(state =>
        {
            var user = state.User(key);
            var details = user.ToDetails();
            return state.With(
                user,
                details with { Name = body.Name ?? details.Name, PhotoUrl = body.PhotoUrl ?? details.PhotoUrl },
                StatusAfter(user, body.IsActive));
        });
        call.Empty(StatusCodes.Status204NoContent);
    }

    private Task Delete(ApiCall call)
    {
        var key = call.Key("key");
        tenant.Identity.Change(state => state with { Users = state.Users.Remove(state.User(key)) });
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    // Someone who is activated again and has never signed in is still to answer the invitation.
    private static UserStatus StatusAfter(EmulatedUser user, bool? isActive) => isActive switch
    {
        false => UserStatus.Inactive,
        true when !user.IsActive => user.LastLoginAt is null ? UserStatus.Invited : UserStatus.Active,
        _ => user.StatusCode,
    };
}
