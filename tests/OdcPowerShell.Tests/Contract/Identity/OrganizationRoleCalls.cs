namespace OdcPowerShell.Tests.Contract;

/// <summary>Organization roles: all, and those of users.</summary>
internal static class OrganizationRoleCalls
{
    private const string List = "GET " + IdentityCalls.Base + "/organization-roles";
    private const string One = List + "/{key}";
    private const string OfUser = IdentityCalls.Users + "/{key}/organization-roles";
    private const string A = IdentityCalls.A;
    private const string B = IdentityCalls.B;

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcOrganizationRole"),
        new(List, "Get-OdcOrganizationRole Dev*"),
        new(List, "Get-OdcOrganizationRole -Name 'Developer & ü'", PicksFromAnswer: true),
        new(List, "Get-OdcOrganizationRole -Descending"),
        new(List, "Get-OdcOrganizationRole -First 2 -Skip 1"),
        new(List, "Get-OdcOrganizationRole -PageSize 7"),
        new(One, $"Get-OdcOrganizationRole -OrganizationRole {A}"),
        new(One, $"[pscustomobject]@{{ OrganizationRoleKey = '{A}' }} | Get-OdcOrganizationRole"),
        new(OfUser, $"Get-OdcOrganizationRole -User {A}"),
        new(OfUser, $"Get-OdcOrganizationRole -User {A}, {B}", Requests: 2),
        new(OfUser, $"Get-OdcOrganizationRole -UserKey {A} -Scope Organization, Asset"),
        new(OfUser, $"Get-OdcOrganizationRole -User {A} -Asset {A}, {B}"),
        new(OfUser, $"Get-OdcOrganizationRole -User {A} -First 2 -Skip 1"),
    ];
}
