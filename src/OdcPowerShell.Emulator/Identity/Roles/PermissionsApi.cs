namespace OdcPowerShell.Emulator;

/// <summary>The permissions organization roles are made of.</summary>
internal sealed class PermissionsApi(EmulatedTenant tenant)
{
    private const string Permissions = IdentityApi.Base + "/permissions";

    public void Map(ApiMap map)
    {
        map.Get(Permissions, Access.AnyPermission, Query);
        map.Get($"{Permissions}/{{key}}", Access.AnyPermission, Get);
    }

    private Task Query(ApiCall call)
    {
        var name = call.Query.Text("nameContains");
        var permissions = tenant.Identity.Permissions
            .Where(permission => permission.Name.Matches(name))
            .OrderBy(permission => permission.Name, StringComparer.OrdinalIgnoreCase);
        return call.PageAsync(permissions, PermissionBody.Of, IdentityWireJson.Default.PagedBodyPermissionBody);
    }

    private Task Get(ApiCall call)
    {
        var key = call.Key("key");
        return tenant.Identity.Permissions.FirstOrDefault(permission => permission.Key == key) is { } permission
            ? call.JsonAsync(PermissionBody.Of(permission), IdentityWireJson.Default.PermissionBody)
            : throw new ProblemException(Cause.NotFound("permission", key));
    }
}

internal sealed record PermissionBody(
    Guid Key, string Name, string Category, string Purpose, string Visibility, IReadOnlyList<InheritanceBody> Inherits, bool AllowStages,
    bool AllowPortfolios, IReadOnlyList<string> AllowedScopes, string ClaimName, string? Remarks)
{
    public static PermissionBody Of(PermissionDefinition permission) => new(
        permission.Key,
        permission.Name,
        permission.Category,
        permission.Purpose,
        "Public",
        [.. permission.Inherits.Select(key => new InheritanceBody(key, ["SAME_STAGE"], "SAME_PORTFOLIO"))],
        permission.AllowStages,
        permission.AllowPortfolios,
        permission.AllowAssets ? ["Organization", "Asset"] : ["Organization"],
        permission.ClaimName,
        null);
}

internal sealed record InheritanceBody(Guid Key, IReadOnlyList<string> RealmStages, string? RealmPortfolio);
