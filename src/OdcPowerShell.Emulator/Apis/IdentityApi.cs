namespace OdcPowerShell.Emulator;

internal sealed class IdentityApi(EmulatedTenant tenant)
{
    private const string Base = "/api/identity/v1";

    private static readonly Predicate<ApiClient> s_readUsers =
        Access.OneOf(Permission.ViewEndUsers, Permission.ViewMembers, Permission.ManageUsers);

    private static readonly Predicate<ApiClient> s_manageUsers = Access.OneOf(Permission.ManageUsers);

    public void Map(ApiMap map)
    {
        map.Get($"{Base}/users", s_readUsers, QueryUsers);
        map.Get($"{Base}/users/{{key}}", s_readUsers, GetUser);
        map.Post($"{Base}/users", s_manageUsers, CreateUser);
    }

    private Task QueryUsers(ApiCall call)
    {
        var limit = call.Query.Number("limit", 100, 1, 100);
        var offset = call.Query.Number("offset", 0, 0, int.MaxValue);
        var (sort, descending) = call.Query.Sort<UserSort>();
        var embed = call.Query.Choices<UserEmbed>("embed");
        var filter = UserFilter.Read(call.Query, tenant);

        var view = tenant.Directory.View(sort, VisibleTo(call.Client));
        var (users, total) = Page(view, filter, descending, limit, offset);
        var bodies = users.ConvertAll(user => UserBody.Of(user, tenant, embed));
        return call.JsonAsync(
            new PagedBody<UserBody>(bodies, PageBody.Of(bodies.Count, limit, offset, total)), WireJson.Default.PagedBodyUserBody);
    }

    private Task GetUser(ApiCall call)
    {
        var key = call.Key("key");
        var embed = call.Query.Choices<UserEmbed>("embed");
        return tenant.Directory.Find(key) is { } user && UserDirectory.IsVisible(user, VisibleTo(call.Client))
            ? call.JsonAsync(UserBody.Of(user, tenant, embed), WireJson.Default.UserBody)
            : throw new ProblemException(Cause.NotFound("user", key));
    }

    private async Task CreateUser(ApiCall call)
    {
        var body = await call.ReadAsync(WireJson.Default.CreateUserBody);
        if (string.IsNullOrWhiteSpace(body.Email))
            throw new ProblemException(Cause.BadParameter("The user has no 'email'."));
        await call.CreatedAsync(new CreatedBody(tenant.CreateUser(body.Email)), WireJson.Default.CreatedBody);
    }

    private static Visibility VisibleTo(ApiClient client)
    {
        var (endUsers, members) = (client.Has(Permission.ViewEndUsers), client.Has(Permission.ViewMembers));
        return client.Has(Permission.ManageUsers) || endUsers == members ? Visibility.All
            : endUsers ? Visibility.EndUsers : Visibility.Members;
    }

    private static (List<EmulatedUser> Users, int Total) Page(
        EmulatedUser[] view, UserFilter? filter, bool descending, int limit, int offset)
    {
        EmulatedUser At(int i) => view[descending ? view.Length - 1 - i : i];
        var page = new List<EmulatedUser>(limit);
        if (filter is null)
        {
            for (var i = offset; i < view.Length && page.Count < limit; i++)
                page.Add(At(i));
            return (page, view.Length);
        }

        var total = 0;
        for (var i = 0; i < view.Length; i++)
        {
            var user = At(i);
            if (filter.Accepts(user) && total++ >= offset && page.Count < limit)
                page.Add(user);
        }

        return (page, total);
    }
}
