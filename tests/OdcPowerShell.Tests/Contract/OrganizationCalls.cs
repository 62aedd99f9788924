namespace OdcPowerShell.Tests.Contract;

/// <summary>The organization API.</summary>
internal static class OrganizationCalls
{
    private const string Change = "PATCH /api/organization/v1/organization";

    internal static IEnumerable<Call> All { get; } =
    [
        new("GET /api/organization/v1/organization", "Get-OdcOrganization"),
        new(Change, "Set-OdcOrganization 'ACME Group'") { Body = """{ "name": "ACME Group" }""" },
        new(Change, "Set-OdcOrganization -Name 'ACME Group' -PassThru")
        {
            Body = """{ "name": "ACME Group" }""", Further = ["GET /api/organization/v1/organization"], Writes = "GET /api/organization/v1/organization",
        },
        new("GET /api/organization/v1/ip-filter-group", "Get-OdcPlatformIpFilterGroup"),
        new("GET /api/organization/v1/ip-filter-group", "Get-OdcPlatformIpFilterGroup -Refresh"),
    ];
}
