namespace OdcPowerShell.Identity;

/// <summary>The end-user roles of users: read through the groups, or user by user, whichever takes fewer requests.</summary>
internal sealed class EndUserAccess(OdcClient client, AccessScope scope)
{
    private const int RequestsPerGroup = 2;
    private readonly bool _isWanted = scope.Wants(AccessKinds.EndUser);
    private GroupGrants? _grants;
    private bool _isEmpty;
    private int _groups;
    private int _requests;

    /// <summary>Why there are no rows of this kind; null if they can be read.</summary>
    internal OdcApiException? Denied { get; private set; }

    /// <summary>Whether the roles are read through the groups.</summary>
    internal bool IsByGroups => _grants is not null;

    private bool IsRead => _isWanted && !_isEmpty && Denied is null;

    /// <summary>Finds out whether the API client may read end-user roles, and whether there are any.</summary>
    internal async Task StartAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (!_isWanted)
            return;
        try
        {
            var query = new Query().AddEach("environmentKeys", scope.StageKeys).Add("limit", 1);
            var page = await client.GetAsync(IdentityApi.QueryEndUserRoles, [], query, caller, cancellationToken).ConfigureAwait(false);
            _isEmpty = page.Results is not { Count: > 0 } && page.Info?.TotalResults is null or 0;
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            Denied = e;
            caller.Warning($"All end-user roles are left out: {Permission.Lacks(e.RequiredPermission)}. Grant it in the ODC Portal: API clients, edit permissions.");
        }
    }

    /// <summary>Adds the direct roles of users to a request for users.</summary>
    internal Query Embed(Query query) => IsRead ? query.Add("embed", "ApplicationRoles") : query;

    /// <summary>Reads the groups if that takes fewer requests than one for each user.</summary>
    /// <param name="users">The number of users.</param>
    /// <param name="caller">Receives the messages.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task ChooseAsync(int users, ICaller caller, CancellationToken cancellationToken)
    {
        if (!IsRead || IsByGroups || _groups > 0 || users <= RequestsPerGroup)
            return;
        try
        {
            var list = new OffsetPages<OdcGroup>(client, IdentityApi.QueryGroups, new Query().AddEach("environmentKeys", scope.StageKeys), new ListWindow());
            var groups = new List<OdcGroup>();
            await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
            {
                groups.AddRange(page);
                _groups = Math.Max(groups.Count, list.TotalCount ?? 0);
                if (users <= RequestsPerGroup * _groups)
                    return;
            }

            _grants = await GroupGrants.ReadAsync(client, groups, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            _groups = int.MaxValue;
            caller.Verbose($"Not read in one list, because {Permission.Lacks(e.RequiredPermission)}: end-user roles are read user by user.");
        }
    }

    /// <summary>The assets of known roles, whose names are read together.</summary>
    internal IEnumerable<string?> AssetKeysOf(IEnumerable<OdcUser> users) => !IsRead ? [] :
        users.SelectMany(u => u.Embedded?.EndUserRoles ?? []).Concat(_grants?.Roles ?? []).Where(r => scope.HasStage(r.StageKey) && scope.HasAsset(r.AssetKey)).Select(r => r.AssetKey);

    internal async Task<IEnumerable<OdcUserAccess>> RowsAsync(OdcUser user, ICaller caller, CancellationToken cancellationToken)
    {
        if (!IsRead)
            return [];
        var roles = _grants is not null ? _grants.Join(user.UserKey!, user.Embedded?.EndUserRoles ?? []) : await OfUserAsync(user.UserKey!, caller, cancellationToken).ConfigureAwait(false);
        return roles.Where(r => scope.HasStage(r.StageKey) && scope.HasAsset(r.AssetKey)).SelectMany(role => OdcUserAccess.Of(user, role));
    }

    internal void ReportCost(int users, ICaller caller)
    {
        if (IsByGroups)
            caller.Verbose(FormattableString.Invariant($"End-user roles were read through {_groups} groups, in at most {RequestsPerGroup * _groups} requests instead of {users} (one for each user)."));
        else if (_isEmpty)
            caller.Verbose("There are no end-user roles, so none were read.");
        else if (IsRead)
            caller.Verbose(FormattableString.Invariant($"End-user roles were read user by user, for {_requests} users."));
    }

    private async Task<IReadOnlyList<OdcUserEndUserRole>> OfUserAsync(string userKey, ICaller caller, CancellationToken cancellationToken)
    {
        _requests++;
        var query = new Query().AddEach("assignmentSources", RoleSources.All).AddEach("environmentKeys", scope.StageKeys);
        var list = new OffsetPages<OdcUserEndUserRole>(client, IdentityApi.QueryEndUserRolesOfUser, query, new ListWindow(), userKey);
        return await list.ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>
/// The organization roles of users. Only the list of a user has the asset and the period of a role, so it is read for each member; whether a user is a
/// member shows the list of users.
/// </summary>
internal sealed class OrganizationAccess(OdcClient client, AccessScope scope)
{
    private static readonly string NoUser = Guid.Empty.ToString();
    private readonly bool _isWanted = scope.Wants(AccessKinds.Organization);
    // Null for a role that has none of the wanted permissions.
    private Dictionary<string, RoleStages?>? _stagesOf;
    private bool _isChecked;
    private int _requests;

    /// <summary>Why there are no rows of this kind; null if they can be read.</summary>
    internal OdcApiException? Denied { get; private set; }

    /// <summary>Finds out whether the API client may read organization roles, unless it has read some. It sees no members without this permission.</summary>
    internal async Task CheckAsync(string? someone, ICaller caller, CancellationToken cancellationToken)
    {
        if (!_isWanted || _isChecked)
            return;
        try
        {
            await client.GetAsync(IdentityApi.QueryOrganizationRolesOfUser, [someone ?? NoUser], new Query().Add("limit", 1), caller, cancellationToken).ConfigureAwait(false);
            _isChecked = true;
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            Deny(e, caller);
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.NotFound or OdcErrorCause.InvalidRequest)
        {
            _isChecked = true;
        }
    }

    internal async Task<IEnumerable<OdcUserAccess>> RowsAsync(OdcUser user, ICaller caller, CancellationToken cancellationToken)
    {
        if (!_isWanted || Denied is not null || user.Access?.HasOrganizationRoles == false)
            return [];
        try
        {
            var roles = await new OffsetPages<OdcUserOrganizationRole>(client, IdentityApi.QueryOrganizationRolesOfUser, new Query(), new ListWindow(), user.UserKey!)
                .ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            _isChecked = true;
            _requests++;
            if (roles.Count > 0 && _stagesOf is null)
                _stagesOf = await StagesOfRolesAsync(caller, cancellationToken).ConfigureAwait(false);
            return [.. from role in roles
                       where role.AssetKey is null || scope.HasAsset(role.AssetKey)
                       let stages = StagesOf(role.OrganizationRoleKey)
                       where stages is not null
                       where scope.StageKeys.Count == 0 || stages.AppliesIn([.. scope.StageKeys.Where(key => IsIn(role.PortfolioKey, key))])
                       select Limited(OdcUserAccess.Of(user, role), stages)];
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            Deny(e, caller);
            return [];
        }
    }

    internal void ReportCost(int users, ICaller caller)
    {
        if (_isWanted && Denied is null)
            caller.Verbose(FormattableString.Invariant($"Organization roles were read in {_requests} requests, one for each member, instead of {users} (one for each user)."));
    }

    private void Deny(OdcApiException e, ICaller caller)
    {
        _isChecked = true;
        Denied = e;
        caller.Warning($"All organization roles are left out: {Permission.Lacks(e.RequiredPermission)}. Grant it in the ODC Portal: API clients, edit permissions.");
    }

    // A role that was granted for a portfolio does not apply in the stages of others. A stage that is not visible may be one of it.
    private bool IsIn(string? portfolioKey, string stageKey) => portfolioKey is null
        || client.Names.Stages.Loaded?.FirstOrDefault(s => string.Equals(s.StageKey, stageKey, StringComparison.OrdinalIgnoreCase))?.PortfolioKey is not { } own
        || string.Equals(own, portfolioKey, StringComparison.OrdinalIgnoreCase);

    private RoleStages? StagesOf(string? roleKey) => roleKey is not null && _stagesOf!.TryGetValue(roleKey, out var stages) ? stages : RoleStages.All;

    private static OdcUserAccess Limited(OdcUserAccess row, RoleStages stages)
    {
        row.StageName = stages.Text;
        return row;
    }

    private async Task<Dictionary<string, RoleStages?>> StagesOfRolesAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var roles = await new OffsetPages<OdcOrganizationRole>(client, IdentityApi.QueryOrganizationRoles, new Query(), new ListWindow()).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
        var carriers = scope.PermissionKeys.Count == 0 ? null : new PermissionCarriers(
            scope.PermissionKeys, await new OffsetPages<OdcPermission>(client, IdentityApi.QueryPermissions, new Query(), new ListWindow()).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false));
        await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
        return roles.Where(r => r.OrganizationRoleKey is not null).ToDictionary(r => r.OrganizationRoleKey!, StagesOf, StringComparer.OrdinalIgnoreCase);

        RoleStages? StagesOf(OdcOrganizationRole role)
        {
            var permissions = carriers is null ? role.Permissions ?? [] : carriers.Of(role);
            return carriers is not null && permissions.Count == 0 ? null : RoleStages.Of(permissions, client.Names.Stages.Loaded ?? [], client.Names.Stages.NameOf);
        }
    }
}
