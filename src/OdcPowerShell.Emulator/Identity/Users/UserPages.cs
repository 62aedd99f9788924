namespace OdcPowerShell.Emulator;

/// <summary>The fields the users of a role can be sorted by, in the order of <see cref="UserSort"/>: one has another name.</summary>
internal enum RoleUserSort
{
    Name,
    UserKey,
    Email,
    Status,
    LastLoginAt,
}

/// <summary>Pages of users: sorted, filtered, and without those the client may not see.</summary>
internal static class UserPages
{
    public static (List<EmulatedUser> Users, PageBody Page) Read(
        ApiCall call, UserSet users, UserFilter? filter, UserSort sort, bool descending)
    {
        var (limit, offset) = call.Query.Window();
        var view = users.View(sort, IdentityAccess.VisibleTo(call.Client));
        var (page, total) = Take(view, filter, descending, limit, offset);
        return (page, PageBody.Of(page.Count, limit, offset, total));
    }

    /// <summary>The users of a role, end-user or organization.</summary>
    public static Task AnswerAsync(ApiCall call, EmulatedTenant tenant, IdentityState state, UserFilter filter)
    {
        var (sort, descending) = call.Query.Sort<RoleUserSort>();
        var embed = call.Query.Choices<UserEmbed>("embed");
        var (users, page) = Read(call, state.Users, filter, (UserSort)sort, descending);
        return call.JsonAsync(
            new PagedBody<RoleUserBody>(users.ConvertAll(user => RoleUserBody.Of(user, tenant, embed)), page),
            IdentityWireJson.Default.PagedBodyRoleUserBody);
    }

    private static (List<EmulatedUser> Users, int Total) Take(
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
