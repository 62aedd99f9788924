namespace OdcPowerShell.Emulator;

internal sealed class OrganizationApi(EmulatedTenant tenant)
{
    private const string Base = "/api/organization/v1";

    public void Map(ApiMap map)
    {
        map.Get($"{Base}/organization", Access.AnyPermission, GetOrganization);
    }

    private Task GetOrganization(ApiCall call) => call.JsonAsync(
        new OrganizationBody(
            tenant.RealmId, tenant.OrganizationName, "GA", tenant.Delivery.Portfolios.Count, "eu-central-1", "eu-central-1"),
        WireJson.Default.OrganizationBody);
}

internal sealed record OrganizationBody(
    Guid Id, string Name, string Ring, int AssetPortfolioCount, string PlatformRegion, string DataPlatformRegion);
