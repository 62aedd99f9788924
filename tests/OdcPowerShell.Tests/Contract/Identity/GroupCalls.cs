namespace OdcPowerShell.Tests.Contract;

/// <summary>End-user groups, and the groups of users.</summary>
internal static class GroupCalls
{
    private const string List = "GET " + IdentityCalls.Base + "/groups";
    private const string One = List + "/{key}";
    private const string OfUser = IdentityCalls.Users + "/{key}/groups";
    private const string A = IdentityCalls.A;
    private const string B = IdentityCalls.B;

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcGroup") { Further = [IdentityCalls.Stages] },
        new(List, "Get-OdcGroup 'Team ü & 1'", PicksFromAnswer: true) { Further = [IdentityCalls.Stages] },
        .. Filters.Select(filter => new Call(List, "Get-OdcGroup " + filter) { Further = [IdentityCalls.Stages] }),
        new(List, "Get-OdcGroup " + string.Join(' ', Filters)) { Further = [IdentityCalls.Stages] },
        new(List, "Get-OdcEndUserGroup -First 2 -Skip 1") { Further = [IdentityCalls.Stages] },
        new(List, "Get-OdcGroup -PageSize 7") { Further = [IdentityCalls.Stages] },
        new(One, $"Get-OdcGroup -Group {A}") { Further = [IdentityCalls.Stages] },
        new(One, $"Get-OdcGroup -GroupKey 'https://127.0.0.1/groups/{A}?tab=roles'") { Further = [IdentityCalls.Stages] },
        new(One, $"[pscustomobject]@{{ GroupKey = '{A}' }} | Get-OdcGroup") { Further = [IdentityCalls.Stages] },
        // The sample's group is null, so there is no stage to be named.
        new(OfUser, $"Get-OdcGroup -User {A}"),
        new(OfUser, $"Get-OdcGroup -UserKey {A} -Name Fleet*"),
        new(OfUser, $"Get-OdcGroup -User {A} -Stage {A}, {B}"),
        new(OfUser, $"Get-OdcGroup -User {A} -Portfolio {A}, {B}"),
        new(OfUser, $"Get-OdcGroup -User {A} -Asset {A}"),
        new(OfUser, $"Get-OdcGroup -User {A} -MembershipType Assigned"),
        new(OfUser, $"Get-OdcGroup -User {A}, {B} -MembershipType Mapped -AssetKey {A}", Requests: 2),
        new(OfUser, $"Get-OdcGroup -User {A} -First 2 -Skip 1"),
    ];

    private static IEnumerable<string> Filters => ["-Name Fleet*", $"-Stage {A}, {B}", $"-IdentityProvider {A}", $"-Portfolio {A}, {B}"];
}
