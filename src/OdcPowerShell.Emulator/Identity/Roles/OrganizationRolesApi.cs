namespace OdcPowerShell.Emulator;

internal enum OrganizationRoleSort
{
    Name,
}

/// <summary>Organization roles and who has them.</summary>
internal sealed class OrganizationRolesApi(EmulatedTenant tenant)
{
    private const string Roles = IdentityApi.Base + "/organization-roles";

    private readonly EmulatedIdentity _identity = tenant.Identity;
    private readonly OrganizationRoleWrites _writes = new(tenant);

    public void Map(ApiMap map)
    {
        map.Get(Roles, Access.AnyPermission, Query);
        map.Get($"{Roles}/{{key}}", Access.AnyPermission, Get);
        map.Get($"{Roles}/{{key}}/users", IdentityAccess.ViewMembers, QueryUsers);
        map.Post(Roles, IdentityAccess.ManageOrganizationRoles, Create);
        map.Map("PATCH", $"{Roles}/{{key}}", IdentityAccess.ManageOrganizationRoles, Patch);
        map.Map("DELETE", $"{Roles}/{{key}}", IdentityAccess.ManageOrganizationRoles, Delete);
    }

    private Task Query(ApiCall call)
    {
        var key = call.Query.Guid("roleKey");
        var name = call.Query.Text("nameContains");
        var (_, descending) = call.Query.Sort<OrganizationRoleSort>();
        var roles = _identity.OrganizationRoles.Where(role => (key is null || role.Key == key) && role.Name.Matches(name));
        return call.PageAsync(
            descending ? roles.Reverse() : roles,
            role => OrganizationRoleBody.Of(role, _identity),
            IdentityWireJson.Default.PagedBodyOrganizationRoleBody);
    }

    private Task Get(ApiCall call) => call.JsonAsync(
        OrganizationRoleBody.Of(_identity.State.OrganizationRole(call.Key("key")), _identity),
        IdentityWireJson.Default.OrganizationRoleBody);

    private Task QueryUsers(ApiCall call)
    {
        var state = _identity.State;
        var role = state.OrganizationRole(call.Key("key"));
        return UserPages.AnswerAsync(call, tenant, state, UserFilter.OfOrganizationRole(call.Query, role.Key));
    }

    private async Task Create(ApiCall call)
    {
        var body = await call.ReadAsync(IdentityWireJson.Default.WriteOrganizationRoleBody);
        await call.CreatedAsync(
            new CreatedOrganizationRoleBody(_writes.Create(body)), IdentityWireJson.Default.CreatedOrganizationRoleBody);
    }

    private async Task Patch(ApiCall call)
    {
        var key = call.Key("key");
        _writes.Patch(key, await call.ReadAsync(IdentityWireJson.Default.WriteOrganizationRoleBody));
        call.Empty(StatusCodes.Status204NoContent);
    }

    private Task Delete(ApiCall call)
    {
        _writes.Delete(call.Key("key"));
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }
}
