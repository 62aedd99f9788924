using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Organization;

/// <summary>The organization API.</summary>
internal static class OrganizationApi
{
    private const string Base = "/api/organization/v1";

    internal static readonly Operation<OdcOrganization> GetOrganization =
        Operation.Get(Base + "/organization", OdcJson.Default.OdcOrganization, "any one permission");
}
