namespace OdcPowerShell.Emulator;

internal enum OrganizationRoleScope
{
    Organization,
    Asset,
}

/// <summary>The organization roles of one user.</summary>
internal sealed class UserOrganizationRolesApi(EmulatedTenant tenant)
{
    private const string Roles = IdentityApi.Base + "/users/{key}/organization-roles";

    private readonly EmulatedIdentity _identity = tenant.Identity;

    public void Map(ApiMap map)
    {
        map.Get(Roles, IdentityAccess.ReadMemberRoles, Query);
        map.Post($"{Roles}/{{roleKey}}", IdentityAccess.GrantOrganizationRoles, Grant);
        map.Map("DELETE", $"{Roles}/{{roleKey}}", IdentityAccess.GrantOrganizationRoles, Revoke);
    }

    private Task Query(ApiCall call)
    {
        var state = _identity.State;
        var user = state.User(call.Key("key"), IdentityAccess.VisibleTo(call.Client));
        var scopes = call.Query.Choices<OrganizationRoleScope>("scopes");
        var assets = call.Query.Guids("assetKeys");
        var grants = user.OrganizationGrants
            .Where(grant => (scopes.Count == 0 || scopes.Contains(ScopeOf(grant)))
                && (assets.Count == 0 || (grant.AssetKey is { } asset && assets.Contains(asset))))
            .OrderBy(grant => state.OrganizationRoles[grant.RoleKey].Name, StringComparer.OrdinalIgnoreCase);
        return call.PageAsync(
            grants, grant => UserOrganizationRoleBody.Of(grant, state), IdentityWireJson.Default.PagedBodyUserOrganizationRoleBody);
    }

    private async Task Grant(ApiCall call)
    {
        var (userKey, roleKey) = (call.Key("key"), call.Key("roleKey"));
        var body = await call.ReadIfAnyAsync(IdentityWireJson.Default.GrantBody) ?? new GrantBody();
        var grants = GrantsOf(roleKey, body);
        _identity.Change(state =>
        {
            _ = state.OrganizationRole(roleKey);
            var user = state.User(userKey);
            var details = user.ToDetails();
            var kept = details.Grants.RemoveAll(old => grants.Any(grant => Replaces(grant, old)));
            return state.With(user, details with { Grants = kept.AddRange(grants) });
        });
        call.Empty(StatusCodes.Status201Created);
    }

    private async Task Revoke(ApiCall call)
    {
        var (userKey, roleKey) = (call.Key("key"), call.Key("roleKey"));
        var body = await call.ReadIfAnyAsync(IdentityWireJson.Default.RevokeBody);
        _identity.Change(state =>
        {
            _ = state.OrganizationRole(roleKey);
            var user = state.User(userKey);
            var details = user.ToDetails();
            var kept = details.Grants.RemoveAll(grant => grant.RoleKey == roleKey && IsMeant(grant, body));
            return kept.Length < details.Grants.Length
                ? state.With(user, details with { Grants = kept })
                : throw new ProblemException(IdentityCause.NotGranted(roleKey));
        });
        call.Empty(StatusCodes.Status204NoContent);
    }

    // Without assets the grant for the organization is meant.
    private static bool IsMeant(OrganizationGrant grant, RevokeBody? body) => body?.AssetKeys is { Count: > 0 } assets
        ? grant.AssetKey is { } asset && assets.Contains(asset)
        : grant.AssetKey is null;

    private List<OrganizationGrant> GrantsOf(Guid role, GrantBody body)
    {
        var (start, end) = (Utc(body.GrantPeriod?.StartTime), Utc(body.GrantPeriod?.EndTime));
        if (end <= start)
            throw new ProblemException(IdentityCause.Invalid("grantPeriod", "The period ends before it starts."));
        if (body.AssetKeys is not { Count: > 0 } assets)
            return [new OrganizationGrant(role, StartTime: start, EndTime: end)];
        var portfolio = body.PortfolioKey ?? tenant.PortfolioKey;
        return tenant.Stages.Any(stage => stage.PortfolioKey == portfolio)
            ? [.. assets.Distinct().Select(asset => new OrganizationGrant(role, asset, portfolio, start, end))]
            : throw new ProblemException(IdentityCause.Unknown("portfolioKey", "portfolio", portfolio));
    }

    // A user has one role for the organization, and each role once for an asset.
    private static bool Replaces(OrganizationGrant grant, OrganizationGrant old) =>
        grant.AssetKey == old.AssetKey && (grant.AssetKey is null || grant.RoleKey == old.RoleKey);

    private static OrganizationRoleScope ScopeOf(OrganizationGrant grant) =>
        grant.AssetKey is null ? OrganizationRoleScope.Organization : OrganizationRoleScope.Asset;

    // Without an offset it is UTC, as the specification says of both times.
    private static DateTimeOffset? Utc(DateTime? time) => time is not { } at ? null
        : at.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(at, TimeSpan.Zero) : new DateTimeOffset(at.ToUniversalTime());
}
