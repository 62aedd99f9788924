namespace OdcPowerShell.Tests.Contract;

/// <summary>The organization API.</summary>
internal static class OrganizationCalls
{
    internal static IEnumerable<Call> All { get; } =
    [
        new("GET /api/organization/v1/organization", "Get-OdcOrganization"),
        new("GET /api/organization/v1/ip-filter-group", "Get-OdcPlatformIpFilterGroup"),
        new("GET /api/organization/v1/ip-filter-group", "Get-OdcPlatformIpFilterGroup -Refresh"),
    ];
}
