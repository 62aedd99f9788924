namespace OdcPowerShell.Tests.Contract;

/// <summary>End-user roles: all, those of users and groups, and grants.</summary>
internal static class EndUserRoleCalls
{
    private const string List = "GET " + IdentityCalls.Base + "/application-roles";
    private const string OfUser = IdentityCalls.Users + "/{key}/application-roles";
    private const string OfGroup = "GET " + IdentityCalls.Base + "/groups/{key}/application-roles";
    private const string Grant = "POST " + IdentityCalls.Base + "/users/{key}/application-roles/{roleKey}";
    private const string Revoke = "DELETE " + IdentityCalls.Base + "/users/{key}/application-roles/{roleKey}";
    private const string A = IdentityCalls.A;
    private const string B = IdentityCalls.B;
    private static readonly string[] Named = [IdentityCalls.Stages, IdentityCalls.Assets];

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcEndUserRole") { Further = Named },
        new(List, "Get-OdcApplicationRole 'Clerk ü'", PicksFromAnswer: true) { Further = Named },
        .. Filters.Select(filter => new Call(List, "Get-OdcEndUserRole " + filter) { Further = Named }),
        new(List, "Get-OdcEndUserRole " + string.Join(' ', Filters)) { Further = Named },
        new(List, $"Get-OdcEndUserRole -Asset {A}") { Further = Named },
        new(List, "Get-OdcEndUserRole -First 2 -Skip 1") { Further = Named },
        new(List, $"Get-OdcEndUserRole -EndUserRole {A}") { Further = Named },
        new(List, $"'{A}' | Get-OdcEndUserRole") { Further = Named },
        new(OfUser, $"Get-OdcEndUserRole -User {A}") { Further = [IdentityCalls.Users, .. Named] },
        new(OfUser, $"Get-OdcEndUserRole -User {A}, {B}", Requests: 2) { Further = [IdentityCalls.Users, .. Named] },
        .. Filters.Select(filter => new Call(OfUser, $"Get-OdcEndUserRole -User {A} {filter}") { Further = [IdentityCalls.Users, .. Named] }),
        new(OfUser, $"Get-OdcEndUserRole -User {A} -Asset {A}, {B}") { Further = [IdentityCalls.Users, .. Named] },
        new(OfUser, $"Get-OdcEndUserRole -User {A} -Group {A}, {B}") { Further = [IdentityCalls.Users, .. Named] },
        new(OfUser, $"Get-OdcEndUserRole -User {A} -EndUserRole {A}, {B}") { Further = [IdentityCalls.Users, .. Named] },
        new(OfUser, $"Get-OdcEndUserRole -User {A} -AssignmentSource GroupAssigned, GroupMapped -First 5 -Skip 1") { Further = [IdentityCalls.Users, .. Named] },
        new(OfGroup, $"Get-OdcEndUserRole -Group {A}") { Further = Named },
        new(OfGroup, $"Get-OdcEndUserRole -Group {A}, {B} -Name Cl*", Requests: 2) { Further = Named },
        new(OfGroup, $"Get-OdcEndUserRole -GroupKey {A} -EndUserRole {A}, {B} -AssetKey {A} -Sort name -Descending -First 2 -Skip 1") { Further = Named },
        new(Grant, $"Grant-OdcEndUserRole -User {A} -EndUserRole {B}"),
        new(Grant, $"[pscustomobject]@{{ UserKey = '{A}'; ApplicationRoleKey = '{B}' }} | Grant-OdcApplicationRole"),
        new(Grant, $"'{A}', '{B}' | Grant-OdcEndUserRole {A}, {B}", Requests: 4),
        new(Revoke, $"Revoke-OdcEndUserRole -User {A} -EndUserRole {B}"),
        new(Revoke, $"[pscustomobject]@{{ UserKey = '{A}'; EndUserRoleKey = '{B}' }} | Revoke-OdcEndUserRole"),
    ];

    private static IEnumerable<string> Filters => ["-Name Cl*", $"-Stage {A}, {B}", $"-Portfolio {A}, {B}", "-Sort assetKey", "-Descending", "-PageSize 7"];
}
