using System.Runtime.CompilerServices;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Identity;

/// <summary>The filters of a list of access.</summary>
/// <param name="Kinds">The kinds of roles to read.</param>
/// <param name="StageKeys">Only roles that apply in one of these stages; empty for all.</param>
/// <param name="AssetKeys">Only roles that apply to one of these assets; empty for all.</param>
/// <param name="HasUsersWithoutRole">Whether a user without such a role is a row too.</param>
internal sealed record AccessScope(IReadOnlyCollection<string> Kinds, IReadOnlyCollection<string> StageKeys, IReadOnlyCollection<string> AssetKeys, bool HasUsersWithoutRole)
{
    /// <summary>Only organization roles with one of these permissions; empty for all.</summary>
    internal IReadOnlyCollection<string> PermissionKeys { get; init; } = [];

    internal bool Wants(string kind) => Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase);

    internal bool HasStage(string? key) => StageKeys.Count == 0 || StageKeys.Contains(key, StringComparer.OrdinalIgnoreCase);

    internal bool HasAsset(string? key) => AssetKeys.Count == 0 || AssetKeys.Contains(key, StringComparer.OrdinalIgnoreCase);
}

/// <summary>
/// The roles of users of both kinds, one row for each user, role and source. Users are read 100 in a request with their direct roles, or 20 if they
/// are specified by key.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="scope">The filters.</param>
/// <param name="wanted">The keys of the specified users; null for all users.</param>
internal sealed class UserAccessList(OdcClient client, AccessScope scope, IReadOnlyList<string>? wanted) : IPagedList<OdcUserAccess>
{
    private const int UsersPerRequest = 100;
    private readonly EndUserAccess _endUser = new(client, scope);
    private readonly OrganizationAccess _organization = new(client, scope);
    private readonly List<string> _missing = [];
    private Dictionary<string, string?>? _portfolios;

    public int? TotalCount => null;

    /// <summary>Specified keys without a user that the API client can see.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    public async IAsyncEnumerable<IReadOnlyList<OdcUserAccess>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _endUser.StartAsync(caller, cancellationToken).ConfigureAwait(false);
        if (_endUser.Denied is not null)
            await _organization.CheckAsync(someone: null, caller, cancellationToken).ConfigureAwait(false);
        RequireAny();
        var count = 0;
        string? someone = null;
        await foreach (var users in UsersAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            count += users.Count;
            someone ??= users[0].UserKey;
            if (scope.HasUsersWithoutRole)
                await _organization.CheckAsync(someone, caller, cancellationToken).ConfigureAwait(false);
            await client.Names.AssetNames.LearnAsync(_endUser.AssetKeysOf(users), caller, cancellationToken).ConfigureAwait(false);
            foreach (var user in users)
            {
                var rows = await RowsAsync(user, caller, cancellationToken).ConfigureAwait(false);
                if (rows.Count > 0)
                    yield return rows;
            }
        }

        await _organization.CheckAsync(someone, caller, cancellationToken).ConfigureAwait(false);
        RequireAny();
        if (scope.HasUsersWithoutRole && wanted is null)
            await client.UserVisibility.WarnAsync(UserKinds.All, UserKinds.None, someone, caller, cancellationToken).ConfigureAwait(false);
        _endUser.ReportCost(count, caller);
        _organization.ReportCost(count, caller);
    }

    // An empty list would look as if no user had a role.
    private void RequireAny()
    {
        var denied = new[] { _endUser.Denied, _organization.Denied }.OfType<OdcApiException>().ToList();
        if (denied.Count == scope.Kinds.Count)
            throw denied[0];
    }

    private async Task<IReadOnlyList<OdcUserAccess>> RowsAsync(OdcUser user, ICaller caller, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(user, caller, cancellationToken).ConfigureAwait(false);
        if (rows is { Count: 0 } && scope.HasUsersWithoutRole && (_endUser.Denied ?? _organization.Denied) is null)
            rows.Add(OdcUserAccess.Of(user));
        if (rows is null or { Count: 0 })
            return [];
        await NameAsync(rows, caller, cancellationToken).ConfigureAwait(false);
        return Sorted(rows);
    }

    // Null if the user was removed meanwhile.
    private async Task<List<OdcUserAccess>?> ReadAsync(OdcUser user, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var endUser = await _endUser.RowsAsync(user, caller, cancellationToken).ConfigureAwait(false);
            var organization = await _organization.RowsAsync(user, caller, cancellationToken).ConfigureAwait(false);
            return [.. endUser, .. organization];
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            caller.Warning($"The roles of {user.Email ?? user.UserKey} are left out: the user was removed while the roles were read.");
            return null;
        }
    }

    private static List<OdcUserAccess> Sorted(IEnumerable<OdcUserAccess> rows) =>
    [
        .. rows.OrderBy(r => r.RoleKind, StringComparer.Ordinal).ThenBy(r => r.RoleName, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.AssetName ?? r.AssetKey, StringComparer.OrdinalIgnoreCase)
            .ThenBy(r => r.StageName ?? r.StageKey, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.Source, StringComparer.Ordinal).ThenBy(r => r.GroupName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(r => r.EndUserRoleKey ?? r.OrganizationRoleKey, StringComparer.Ordinal).ThenBy(r => r.GroupKey, StringComparer.Ordinal).ThenBy(r => r.AssetKey, StringComparer.Ordinal),
    ];

    private async Task NameAsync(List<OdcUserAccess> rows, ICaller caller, CancellationToken cancellationToken)
    {
        if (rows.Exists(r => r.StageKey is not null))
            await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
        await client.Names.AssetNames.LearnAsync(rows.Select(r => r.AssetKey), caller, cancellationToken).ConfigureAwait(false);
        if (_portfolios is null && rows.Exists(r => r.PortfolioKey is not null))
            _portfolios = await PortfoliosAsync(caller, cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            row.StageName ??= client.Names.Stages.NameOf(row.StageKey);
            row.AssetName = client.Names.AssetNames.Of(row.AssetKey);
            row.PortfolioName = row.PortfolioKey is { } key && _portfolios!.TryGetValue(key, out var name) ? name : null;
        }
    }

    private async Task<Dictionary<string, string?>> PortfoliosAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var all = new OffsetPages<OdcPortfolio>(client, PortfoliosApi.ListPortfolios, new Query(), new ListWindow());
        foreach (var portfolio in await all.ReadAllAsync(caller, cancellationToken).ConfigureAwait(false))
            names[portfolio.PortfolioKey ?? ""] = portfolio.Name;
        return names;
    }

    private IAsyncEnumerable<IReadOnlyList<OdcUser>> UsersAsync(ICaller caller, CancellationToken cancellationToken) =>
        wanted is null ? AllAsync(caller, cancellationToken) : WantedAsync(wanted, caller, cancellationToken);

    // E-mails are unique, so the order is always the same.
    private async IAsyncEnumerable<IReadOnlyList<OdcUser>> AllAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = new OffsetPages<OdcUser>(client, IdentityApi.QueryUsers, _endUser.Embed(new Query()).Add("sort", "email"), new ListWindow(PageSize: UsersPerRequest));
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            await _endUser.ChooseAsync(list.TotalCount ?? page.Count, caller, cancellationToken).ConfigureAwait(false);
            List<OdcUser> users = [.. page.Where(u => u.UserKey is not null && seen.Add(u.UserKey))];
            if (users.Count > 0)
                yield return users;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<OdcUser>> WantedAsync(IReadOnlyList<string> all, ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = all.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        await _endUser.ChooseAsync(keys.Count, caller, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < keys.Count; i += IdentityApi.KeysPerRequest)
        {
            // Users that were piped as objects are read again, because their properties may be old.
            var found = await UserLookup.FindAsync(client, [.. keys.Skip(i).Take(IdentityApi.KeysPerRequest)], _endUser.Embed(new Query()), caller, cancellationToken).ConfigureAwait(false);
            _missing.AddRange(found.Where(f => f.User is null).Select(f => f.Key));
            List<OdcUser> users = [.. found.Select(f => f.User).OfType<OdcUser>()];
            if (users.Count > 0)
                yield return users;
        }
    }
}
