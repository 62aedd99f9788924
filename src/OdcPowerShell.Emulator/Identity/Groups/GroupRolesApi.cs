namespace OdcPowerShell.Emulator;

/// <summary>The end-user roles that the members of a group inherit.</summary>
internal sealed class GroupRolesApi(EmulatedTenant tenant)
{
    private const string Roles = IdentityApi.Base + "/groups/{key}/application-roles";

    private readonly GroupWrites _writes = new(tenant);

    public void Map(ApiMap map)
    {
        map.Get(Roles, IdentityAccess.ManageGroups, Query);
        map.Map("PATCH", Roles, IdentityAccess.ManageGroups, Patch);
    }

    private Task Query(ApiCall call)
    {
        var group = tenant.Identity.State.Group(call.Key("key"));
        var asset = call.Query.Guid("assetKey");
        var keys = call.Query.OneOrMany("applicationRoleKey", "applicationRoleKeys");
        var name = call.Query.Text("nameContains");
        var roles = tenant.Roles.Of(group.Roles).Where(role =>
            (asset is null || role.AssetKey == asset) && keys?.Contains(role.Key) != false && role.Name.Matches(name));
        return call.PageAsync(
            roles.SortedForGroup(call.Query), role => RoleBody.Of(role, tenant), IdentityWireJson.Default.PagedBodyRoleBody);
    }

    private async Task Patch(ApiCall call)
    {
        var key = call.Key("key");
        _writes.PatchRoles(key, await call.ReadAsync(IdentityWireJson.Default.PatchGroupRolesBody));
        call.Empty(StatusCodes.Status200OK);
    }
}
