namespace OdcPowerShell.Tests.Contract;

/// <summary>Users, by filter and by key, and how many there are.</summary>
internal static class UserCalls
{
    private const string List = IdentityCalls.Users;
    private const string One = IdentityCalls.Users + "/{key}";
    private const string Count = IdentityCalls.Users + "/count";
    private const string A = IdentityCalls.A;
    private const string B = IdentityCalls.B;

    /// <summary>What tells whether all users can be seen, where the users do not.</summary>
    private static readonly string[] Visibility = [IdentityCalls.Users + "/{key}/organization-roles", $"GET {IdentityCalls.Base}/application-roles"];

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcUser") { Further = Visibility },
        .. Filters.Select(filter => new Call(List, "Get-OdcUser " + filter) { Further = Visibility }),
        new(List, "Get-OdcUser ana") { Further = Visibility },
        new(List, "Get-OdcUser " + string.Join(' ', Filters)),
        new(List, "Get-OdcUser -Embed ApplicationRoles, UserIdentityProviders") { Further = Visibility },
        new(List, "Get-OdcUser -Sort lastLoginAt") { Further = Visibility },
        new(List, "Get-OdcUser -Sort email -Descending") { Further = Visibility },
        new(List, "Get-OdcUser -Descending") { Further = Visibility },
        new(List, "Get-OdcUser -First 2") { Further = Visibility },
        new(List, "Get-OdcUser -Skip 40") { Further = Visibility },
        new(List, "Get-OdcUser -PageSize 7") { Further = Visibility },
        new(List, "Get-OdcUser -First 2 -Skip 1 -PageSize 50 -Status Invited -Embed ApplicationRoles -Sort name") { Further = Visibility },
        new(One, $"Get-OdcUser -UserKey {A}"),
        new(One, $"Get-OdcUser -UserKey '{{{A.ToUpperInvariant()}}}'"),
        new(One, $"Get-OdcUser -UserKey 'https://127.0.0.1/users/{A}?tab=roles'"),
        new(One, $"Get-OdcUser -UserKey {A} -Embed UserIdentityProviders, ApplicationRoles"),
        new(One, $"[pscustomobject]@{{ UserKey = '{A}' }} | Get-OdcUser"),
        new(One, $"[pscustomobject]@{{ UserKey = [guid]'{A}' }} | Get-OdcUser"),
        new(List, $"Get-OdcUser -UserKey {A}, {B} -Embed UserIdentityProviders", PicksFromAnswer: true),
        new(List, $"'{A}', '{B}' | Get-OdcUser", PicksFromAnswer: true),
        new(List, Piped(20), PicksFromAnswer: true),
        new(List, Piped(45), Requests: 3, PicksFromAnswer: true),
        new(List, "Get-OdcUser -User ana@acme.example", PicksFromAnswer: true),
        new(Count, "Measure-OdcUser") { Further = Visibility },
        .. Countable.Select(filter => new Call(Count, "Measure-OdcUser " + filter) { Further = Visibility }),
        new(Count, "Measure-OdcUser Active") { Further = Visibility },
        new(Count, "Measure-OdcUser " + string.Join(' ', Countable)),
    ];

    private static IEnumerable<string> Filters =>
    [
        "-NameOrEmail 'ana+test@acme.example'",
        "-NameEmailOrUsername 'ção & ü, #1=?'",
        $"-Asset {A}",
        .. Countable,
    ];

    private static IEnumerable<string> Countable =>
    [
        "-Status PendingRegistration",
        "-HasEndUserRole",
        "-HasOrganizationRole",
        $"-Stage {A}, {B}",
        $"-Portfolio {A}, {B}",
        "-Domain acme.com, acme.example",
        $"-LoggedInStage {A}, {B}",
        $"-LoggedInPortfolio {A}, {B}",
        "-LastLoginSince '2026-01-02T03:04:05.678'",
        "-LastLoginTo 2026-03-29",
    ];

    private static string Piped(int count) => $"1..{count} | ForEach-Object {{ New-Guid }} | Get-OdcUser";
}
