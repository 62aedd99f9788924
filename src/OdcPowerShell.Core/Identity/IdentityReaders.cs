using System.Runtime.CompilerServices;

namespace OdcPowerShell.Identity;

/// <summary>Lists of the user and access management API, with the names that the answers lack.</summary>
internal static class IdentityReaders
{
    /// <summary>Users, with a warning if the list or its count may lack some.</summary>
    internal static IPagedList<OdcUser> Users(OdcClient client, Query query, ListWindow window, UserKinds wanted, bool counts) =>
        new UserListReader(
            WithRoleNames(client, new OffsetPages<OdcUser>(client, IdentityApi.QueryUsers, query, window)), client, wanted, counts ? long.MaxValue : window.First);

    internal static async Task<OdcUser> UserAsync(OdcClient client, string key, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        var user = await client.GetAsync(IdentityApi.GetUser, [key], query, caller, cancellationToken).ConfigureAwait(false);
        await NameRolesAsync(client, [user], caller, cancellationToken).ConfigureAwait(false);
        return user;
    }

    /// <summary>Any list of users, with the names of the stages and assets of their embedded roles.</summary>
    internal static IPagedList<T> WithRoleNames<T>(OdcClient client, IPagedList<T> users)
        where T : OdcResource => users.Do((page, caller, cancellationToken) => NameRolesAsync(client, page, caller, cancellationToken));

    /// <summary>Adds the user and the names of stages and assets to embedded roles. Without embedded roles there is no request.</summary>
    internal static async Task NameRolesAsync<T>(OdcClient client, IReadOnlyList<T> users, ICaller caller, CancellationToken cancellationToken)
        where T : OdcResource
    {
        var roles = new List<OdcUserEndUserRole>();
        foreach (var user in users.Select(u => u as OdcUserSummary ?? (u as OdcGroupUser)?.User).OfType<OdcUserSummary>())
        {
            foreach (var role in user.Embedded?.EndUserRoles ?? [])
            {
                (role.UserKey, role.UserName, role.UserEmail) = (user.UserKey, user.Name, user.Email);
                roles.Add(role);
            }
        }

        if (roles.Count > 0)
            await NameAsync(client, roles, caller, cancellationToken).ConfigureAwait(false);
    }

    internal static IPagedList<OdcGroup> Groups(OdcClient client, Query query, ListWindow window) =>
        Named(client, new OffsetPages<OdcGroup>(client, IdentityApi.QueryGroups, query, window));

    internal static async Task<OdcGroup> GroupAsync(OdcClient client, string key, ICaller caller, CancellationToken cancellationToken)
    {
        var group = await client.GetAsync(IdentityApi.GetGroup, [key], query: null, caller, cancellationToken).ConfigureAwait(false);
        await NameAsync(client, [group], caller, cancellationToken).ConfigureAwait(false);
        return group;
    }

    internal static IPagedList<OdcUserGroup> GroupsOfUser(OdcClient client, string userKey, Query query, ListWindow window) =>
        new OffsetPages<OdcUserGroup>(client, IdentityApi.QueryGroupsOfUser, query, window, userKey)
            .Do((page, caller, cancellationToken) => NameAsync(client, [.. page.Select(g => g.Group).OfType<OdcGroup>()], caller, cancellationToken));

    internal static IPagedList<OdcEndUserRole> EndUserRoles(OdcClient client, Query query, ListWindow window) =>
        Named(client, new OffsetPages<OdcEndUserRole>(client, IdentityApi.QueryEndUserRoles, query, window));

    internal static IPagedList<OdcUserOrganizationRole> OrganizationRolesOfUser(OdcClient client, RoleOwner owner, Query query, ListWindow window) =>
        new OffsetPages<OdcUserOrganizationRole>(client, IdentityApi.QueryOrganizationRolesOfUser, query, window, owner.Key).Do(async (page, caller, cancellationToken) =>
        {
            await client.Names.AssetNames.LearnAsync(page.Select(r => r.AssetKey), caller, cancellationToken).ConfigureAwait(false);
            foreach (var role in page)
                (role.UserKey, role.UserName, role.UserEmail, role.AssetName) = (owner.Key, owner.Name, owner.Email, client.Names.AssetNames.Of(role.AssetKey));
        });

    /// <summary>Any list of end-user roles, with the names of their stages and assets.</summary>
    internal static IPagedList<T> Named<T>(OdcClient client, IPagedList<T> roles)
        where T : OdcEndUserRole => roles.Do((page, caller, cancellationToken) => NameAsync(client, page, caller, cancellationToken));

    internal static async Task NameAsync(OdcClient client, IReadOnlyList<OdcEndUserRole> roles, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
        await client.Names.AssetNames.LearnAsync(roles.Select(r => r.AssetKey), caller, cancellationToken).ConfigureAwait(false);
        foreach (var role in roles)
        {
            role.StageName = client.Names.Stages.NameOf(role.StageKey);
            role.AssetName = client.Names.AssetNames.Of(role.AssetKey);
        }
    }

    internal static async Task NameAsync(OdcClient client, IReadOnlyList<OdcGroup> groups, ICaller caller, CancellationToken cancellationToken)
    {
        if (groups.Count > 0)
            await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
        foreach (var group in groups)
            NameByKnown(client, group);
    }

    /// <summary>The properties of a group that are known without a request.</summary>
    internal static void NameByKnown(OdcClient client, OdcGroup group)
    {
        group.StageName = client.Names.Stages.NameOf(group.StageKey);
        foreach (var mapping in group.ClaimMappings ?? [])
            mapping.GroupKey = group.GroupKey;
    }

    private static IPagedList<OdcGroup> Named(OdcClient client, IPagedList<OdcGroup> groups) => groups.Do((page, caller, cancellationToken) => NameAsync(client, page, caller, cancellationToken));
}

/// <summary>A list of users with a warning when the API client may not see all of them. There is no warning when the list was limited with -First.</summary>
internal sealed class UserListReader(IPagedList<OdcUser> inner, OdcClient client, UserKinds wanted, long first) : IPagedList<OdcUser>
{
    private UserKinds _seen;
    private string? _someone;

    public int? TotalCount => inner.TotalCount;

    public async IAsyncEnumerable<IReadOnlyList<OdcUser>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = first;
        await foreach (var page in inner.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            left -= page.Count;
            Note(page);
            yield return page;
        }

        if (left > 0)
            await client.UserVisibility.WarnAsync(wanted, _seen, _someone, caller, cancellationToken).ConfigureAwait(false);
    }

    private void Note(IReadOnlyList<OdcUser> page)
    {
        _someone ??= page.Count > 0 ? page[0].UserKey : null;
        for (var i = 0; i < page.Count && _seen != UserKinds.All; i++)
            _seen |= UserVisibility.Shown(page[i]);
    }
}

/// <summary>Finds many users by key in one request.</summary>
internal static class UserLookup
{
    /// <summary>Each key, in the specified order, with its user; null if the API client can see no such user.</summary>
    internal static async Task<IReadOnlyList<(string Key, OdcUser? User)>> FindAsync(
        OdcClient client, IReadOnlyList<string> keys, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        var asked = query.Copy().AddJoined("userKeys", keys.Distinct(StringComparer.OrdinalIgnoreCase));
        var page = await client.GetAsync(IdentityApi.QueryUsers, [], asked, caller, cancellationToken).ConfigureAwait(false);
        await IdentityReaders.NameRolesAsync(client, page.Results ?? [], caller, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, OdcUser>(StringComparer.OrdinalIgnoreCase);
        foreach (var user in page.Results ?? [])
            found[user.UserKey ?? ""] = user;
        return [.. keys.Select(k => (k, found.TryGetValue(k, out var user) ? user : null))];
    }

    internal static OdcException NotFound(string key) => new(
        OdcErrorCause.NotFound, $"There is no user with the key {key} that this API client can see.",
        "Check the key. With only 'View end users' or only 'View members' an API client sees only those users.");
}
