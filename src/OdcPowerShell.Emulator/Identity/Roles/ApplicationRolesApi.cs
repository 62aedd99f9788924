namespace OdcPowerShell.Emulator;

/// <summary>End-user roles and who has them.</summary>
internal sealed class ApplicationRolesApi(EmulatedTenant tenant)
{
    private const string Roles = IdentityApi.Base + "/application-roles";

    public void Map(ApiMap map)
    {
        map.Get(Roles, IdentityAccess.ViewEndUsers, Query);
        map.Get($"{Roles}/{{key}}/users", IdentityAccess.ViewEndUsers, QueryUsers);
    }

    private Task Query(ApiCall call)
    {
        var key = call.Query.Guid("key");
        var asset = call.Query.Guid("assetKey");
        var name = call.Query.Text("nameContains");
        var stages = call.Query.StageFilter(tenant);
        var roles = tenant.Roles.All.Where(role =>
            (key is null || role.Key == key)
            && (asset is null || role.AssetKey == asset)
            && (stages is null || stages.Contains(role.StageKey))
            && role.Name.Matches(name));
        return call.PageAsync(roles.SortedFor(call.Query), role => RoleBody.Of(role, tenant), IdentityWireJson.Default.PagedBodyRoleBody);
    }

    private Task QueryUsers(ApiCall call)
    {
        var key = call.Key("key");
        var bit = tenant.Roles.Bit(key);
        return bit == 0
            ? throw new ProblemException(Cause.NotFound("application role", key))
            : UserPages.AnswerAsync(call, tenant, tenant.Identity.State, UserFilter.OfRole(call.Query, bit));
    }
}
