namespace OdcPowerShell.Emulator;

/// <summary>Organization roles, the permissions they are made of, their users, and the roles of one user.</summary>
internal sealed class OrganizationRolesApi(EmulatedTenant tenant, UserLists lists)
{
    private const string Roles = IdentityAccess.Base + "/organization-roles";
    private const string One = Roles + "/{key}";
    private const string OfUser = IdentityAccess.Base + "/users/{key}/organization-roles";
    private const string Permissions = IdentityAccess.Base + "/permissions";
    private static readonly string[] s_realmStages = ["SAME_STAGE"];

    private readonly EmulatedIdentity _identity = tenant.Identity;
    private readonly Table<EmulatedOrganizationRole> _roles = tenant.Store.OrganizationRoles;
    private readonly Table<PermissionDefinition> _permissions = tenant.Store.Permissions;

    public void Map(ApiMap map)
    {
        var manage = Access.OneOf("User management > Manage organization roles");
        map.List(Roles, Access.AnyPermission, Paging.Totals, _ => _roles.All)
            .Key("roleKey", role => role.Key)
            .Contains("nameContains", role => role.Name)
            .SortedByChoice(("Name", role => role.Name))
            .As(Body);
        map.Get(One, Access.AnyPermission, call => Body(_roles[call.Key("key")]));
        map.List($"{One}/users", Access.OneOf(Permission.ViewMembers), Paging.Totals, UsersOf).WithNames().AsFor(lists.UserOfRole);
        map.Post<WriteBody>(Roles, manage, (_, body) =>
        {
            var name = IdentityCause.Required("name", body.Name);
            var key = tenant.Store.NewKey("created-organization-role");
            return new { OrgRoleKey = Set(new EmulatedOrganizationRole(key, name, false, PermissionsOf(body) ?? [])).Key };
        });
        map.Patch<WriteBody>(One, manage, (call, body) =>
        {
            // The list of permissions is replaced as a whole.
            var permissions = PermissionsOf(body);
            var role = Writable(call);
            var name = body.Name is null ? role.Name : IdentityCause.Required("name", body.Name);
            Set(role with { Name = name, Permissions = permissions ?? role.Permissions });
        });
        map.Delete(One, manage, Delete);

        map.List(OfUser, Access.OneOf(Permission.ViewMembers, Permission.ManageUsers), Paging.Totals, call => lists.Visible(call).OrganizationGrants)
            .Where(call => call.Query.Choices("scopes", "Organization", "Asset") is { Count: > 0 } scopes
                ? grant => scopes.Contains(grant.AssetKey is null ? "Organization" : "Asset", StringComparer.Ordinal)
                : null)
            .Keys("assetKeys", grant => grant.AssetKey)
            .OrderedBy(_ => [(grant => _roles[grant.RoleKey].Name, false)])
            .As(GrantBodyOf);
        var grant = Access.OneOf("User management > Manage member access");
        map.Post<GrantBody?>($"{OfUser}/{{roleKey}}", grant, Grant, isOptional: true);
        map.Delete<RevokeBody>($"{OfUser}/{{roleKey}}", grant, Revoke);

        map.List(Permissions, Access.AnyPermission, Paging.Totals, _ => _permissions.All)
            .Contains("nameContains", permission => permission.Name)
            .OrderedBy(_ => [(permission => permission.Name, false)])
            .As(PermissionBody);
        map.Get($"{Permissions}/{{key}}", Access.AnyPermission, call => PermissionBody(_permissions[call.Key("key")]));
    }

    private IEnumerable<EmulatedUser> UsersOf(ApiCall call)
    {
        var role = _roles[call.Key("key")].Key;
        return lists.Sorted(call, "UserKey").Where(user => user.OrganizationGrants.Any(grant => grant.RoleKey == role));
    }

    // Its users lose the role.
    private void Delete(ApiCall call)
    {
        var role = Writable(call);
        bool Has(OrganizationGrant grant) => grant.RoleKey == role.Key;

        foreach (var user in _identity.UserTable.All.Where(user => user.OrganizationGrants.Any(Has)).ToList())
            _identity.Set(user with { OrganizationGrants = [.. user.OrganizationGrants.Where(grant => !Has(grant))] });
        _roles.Remove(role.Key);
    }

    private EmulatedOrganizationRole Writable(ApiCall call) => _roles[call.Key("key")] is { IsReadOnly: false } role
        ? role
        : throw new ProblemException(400, 16, "The organization role is read-only.");

    private EmulatedOrganizationRole Set(EmulatedOrganizationRole role) =>
        _roles.All.Any(other => other.Key != role.Key && string.Equals(other.Name, role.Name, StringComparison.OrdinalIgnoreCase))
            ? throw IdentityCause.Invalid("name", $"An organization role with the name '{role.Name}' already exists.", 1, 409)
            : _roles.Set(role);

    private List<PermissionOfRole>? PermissionsOf(WriteBody body) => body.Permissions?.Select(permission =>
    {
        _permissions.OfBody("permissions", [permission.PermissionKey]);
        tenant.Store.Stages.OfBody("permissions", permission.EnvironmentKeys);
        return new PermissionOfRole(permission.PermissionKey, permission.EnvironmentKeys ?? [], permission.PortfolioKeys ?? []);
    }).ToList();

    private object Body(EmulatedOrganizationRole role) => new
    {
        role.Key, role.Name, role.IsReadOnly,
        Permissions = role.Permissions.Select(permission => new
        {
            permission.PermissionKey, EnvironmentKeys = permission.StageKeys, permission.PortfolioKeys,
            _permissions[permission.PermissionKey].ClaimName, _permissions[permission.PermissionKey].Name,
        }).ToArray(),
    };

    private static object PermissionBody(PermissionDefinition permission) => new
    {
        permission.Key, permission.Name, permission.Category, permission.Purpose, Visibility = "Public",
        Inherits = permission.Inherits.Select(key => new { Key = key, RealmStages = s_realmStages, RealmPortfolio = "SAME_PORTFOLIO" }).ToArray(),
        permission.AllowStages, permission.AllowPortfolios,
        AllowedScopes = permission.AllowAssets ? new[] { "Organization", "Asset" } : ["Organization"], permission.ClaimName,
        Remarks = (string?)null,
    };

    private object GrantBodyOf(OrganizationGrant grant) => new
    {
        Key = grant.RoleKey, _roles[grant.RoleKey].Name, grant.AssetKey, grant.PortfolioKey,
        GrantPeriod = grant.StartTime is null && grant.EndTime is null
            ? null
            : new PeriodBody(grant.StartTime?.UtcDateTime, grant.EndTime?.UtcDateTime),
    };

    private object? Grant(ApiCall call, GrantBody? body)
    {
        var grants = GrantsOf(call.Key("roleKey"), body ?? new GrantBody());
        _ = _roles[call.Key("roleKey")];
        var user = _identity.UserTable[call.Key("key")];
        var kept = user.OrganizationGrants.Where(old => !grants.Exists(grant => Replaces(grant, old)));
        _identity.Set(user with { OrganizationGrants = [.. kept, .. grants] });
        return null;
    }

    private void Revoke(ApiCall call, RevokeBody? body)
    {
        var role = _roles[call.Key("roleKey")].Key;
        var user = _identity.UserTable[call.Key("key")];
        // A body without assets revokes the role for the organization.
        OrganizationGrant[] kept = [.. user.OrganizationGrants.Where(grant => grant.RoleKey != role
            || (body?.AssetKeys is { Count: > 0 } assets ? grant.AssetKey is not { } asset || !assets.Contains(asset) : grant.AssetKey is not null))];
        if (kept.Length == user.OrganizationGrants.Count)
            throw IdentityCause.NotGranted(role);
        _identity.Set(user with { OrganizationGrants = kept });
    }

    private List<OrganizationGrant> GrantsOf(Guid role, GrantBody body)
    {
        var (start, end) = (Utc(body.GrantPeriod?.StartTime), Utc(body.GrantPeriod?.EndTime));
        if (end <= start)
            throw IdentityCause.Invalid("grantPeriod", "The period ends before it starts.");
        if (body.AssetKeys is not { Count: > 0 } assets)
            return [new OrganizationGrant(role, StartTime: start, EndTime: end)];
        var portfolio = body.PortfolioKey ?? tenant.PortfolioKey;
        return tenant.Stages.Any(stage => stage.PortfolioKey == portfolio)
            ? [.. assets.Distinct().Select(asset => new OrganizationGrant(role, asset, portfolio, start, end))]
            : throw IdentityCause.Unknown("portfolioKey", "portfolio", portfolio);
    }

    // A user has one role for the organization, and each role once for an asset.
    private static bool Replaces(OrganizationGrant grant, OrganizationGrant old) =>
        grant.AssetKey == old.AssetKey && (grant.AssetKey is null || grant.RoleKey == old.RoleKey);

    // Without an offset it is UTC, as the specification has it for both times.
    private static DateTimeOffset? Utc(DateTime? time) => time is not { } at ? null
        : at.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(at, TimeSpan.Zero) : new DateTimeOffset(at.ToUniversalTime());

    private sealed record WriteBody(string? Name = null, IReadOnlyList<PermissionOfBody>? Permissions = null);

    private sealed record PermissionOfBody(
        Guid PermissionKey, IReadOnlyList<Guid>? EnvironmentKeys = null, IReadOnlyList<Guid>? PortfolioKeys = null);

    private sealed record PeriodBody(DateTime? StartTime = null, DateTime? EndTime = null);

    private sealed record GrantBody(PeriodBody? GrantPeriod = null, IReadOnlyList<Guid>? AssetKeys = null, Guid? PortfolioKey = null);

    private sealed record RevokeBody(IReadOnlyList<Guid>? AssetKeys = null);
}
