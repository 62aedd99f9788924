namespace OdcPowerShell.Emulator;

/// <summary>The endpoints of a tenant that have code; the others are seed documents.</summary>
internal static class AllApis
{
    public static ApiMap Of(EmulatedTenant tenant)
    {
        var map = new ApiMap(tenant, tenant.Documents);
        var (store, storage) = (tenant.Store, tenant.Delivery.Storage);
        var bodies = new AssetBodies(storage);
        var lists = new UserLists(tenant);
        var users = new UsersApi(tenant, lists);
        users.Map(map);
        new BulkUsersApi(tenant, users).Map(map);
        new GroupsApi(tenant, lists).Map(map);
        new RolesApi(tenant, lists).Map(map);
        new OrganizationRolesApi(tenant, lists).Map(map);
        new AssetsApi(store, bodies).Map(map);
        new CreationApi(store, storage, bodies).Map(map);
        new BuildsApi(store, storage).Map(map);
        new DeploymentsApi(store).Map(map);
        new DependenciesApi(store).Map(map);
        new AnalysesApi(store).Map(map);
        new CodeQualityApi(tenant).Map(map);
        new ConfigurationsApi(store, tenant.Derive).Map(map);
        new PortfoliosApi(store, bodies).Map(map);
        new DeployedAssetsApi(store, bodies).Map(map);
        new SubscriptionApi(tenant).Map(map);
        new DomainsApi(store).Map(map);
        new PrivateGatewaysApi(store).Map(map);
        new BuiltInDomainsApi(tenant).Map(map);
        new IpFiltersApi(store, tenant.Derive, tenant.IsEmpty).Map(map);
        new ExternalLibrariesApi(store, storage).Map(map);
        new MobileBuildsApi(store, storage).Map(map);
        new MobileConfigurationsApi(store).Map(map);
        map.PatchDocument("/api/organization/v1/organization", Access.OneOf(Permission.ManageOrganization), status: 200, required: "name");
        return map;
    }
}
