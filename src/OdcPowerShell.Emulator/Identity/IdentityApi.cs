namespace OdcPowerShell.Emulator;

/// <summary>The user and access management API.</summary>
internal sealed class IdentityApi(EmulatedTenant tenant)
{
    public const string Base = "/api/identity/v1";

    public void Map(ApiMap map)
    {
        new UsersApi(tenant).Map(map);
        new BulkUsersApi(tenant).Map(map);
        new GroupsApi(tenant).Map(map);
        new GroupUsersApi(tenant).Map(map);
        new GroupRolesApi(tenant).Map(map);
        new ApplicationRolesApi(tenant).Map(map);
        new UserApplicationRolesApi(tenant).Map(map);
        new OrganizationRolesApi(tenant).Map(map);
        new UserOrganizationRolesApi(tenant).Map(map);
        new PermissionsApi(tenant).Map(map);
        new IdentityProvidersApi(tenant).Map(map);
    }
}
