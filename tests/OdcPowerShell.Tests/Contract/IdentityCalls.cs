namespace OdcPowerShell.Tests.Contract;

/// <summary>The user and access management API.</summary>
internal static class IdentityCalls
{
    private const string List = "GET /api/identity/v1/users";
    private const string One = "GET /api/identity/v1/users/{key}";
    private const string A = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcUser"),
        .. Filters.Select(filter => new Call(List, "Get-OdcUser " + filter)),
        new(List, "Get-OdcUser ana"),
        new(List, "Get-OdcUser " + string.Join(' ', Filters)),
        new(List, "Get-OdcUser -Embed ApplicationRoles, UserIdentityProviders"),
        new(List, "Get-OdcUser -Sort lastLoginAt"),
        new(List, "Get-OdcUser -Sort email -Descending"),
        new(List, "Get-OdcUser -Descending"),
        new(List, "Get-OdcUser -First 2"),
        new(List, "Get-OdcUser -Skip 40"),
        new(List, "Get-OdcUser -PageSize 7"),
        new(List, "Get-OdcUser -First 2 -Skip 1 -PageSize 50 -Status Invited -Embed ApplicationRoles -Sort name"),
        new(One, $"Get-OdcUser -UserKey {A}"),
        new(One, $"Get-OdcUser -UserKey '{{{A.ToUpperInvariant()}}}'"),
        new(One, $"Get-OdcUser -UserKey 'https://acme.outsystems.dev/users/{A}?tab=roles'"),
        new(One, $"Get-OdcUser -UserKey {A} -Embed UserIdentityProviders, ApplicationRoles"),
        new(One, $"[pscustomobject]@{{ UserKey = '{A}' }} | Get-OdcUser"),
        new(One, $"[pscustomobject]@{{ UserKey = [guid]'{A}' }} | Get-OdcUser"),
        new(List, $"Get-OdcUser -UserKey {A}, {B} -Embed UserIdentityProviders", PicksFromAnswer: true),
        new(List, $"'{A}', '{B}' | Get-OdcUser", PicksFromAnswer: true),
        new(List, Piped(20), PicksFromAnswer: true),
        new(List, Piped(45), Requests: 3, PicksFromAnswer: true),
    ];

    private static IEnumerable<string> Filters =>
    [
        "-NameOrEmail 'ana+test@acme.example'",
        "-NameEmailOrUsername 'ção & ü, #1=?'",
        "-Status PendingRegistration",
        "-HasEndUserRole",
        "-HasOrganizationRole",
        $"-Stage {A}, {B}",
        $"-AssetKey {A}",
        $"-PortfolioKey {A}, {B}",
        "-Domain acme.com, acme.example",
        $"-LoggedInStage {A}, {B}",
        $"-LoggedInPortfolioKey {A}, {B}",
        "-LastLoginSince '2026-01-02T03:04:05.678'",
        "-LastLoginTo 2026-03-29",
    ];

    private static string Piped(int count) => $"1..{count} | ForEach-Object {{ [guid]::NewGuid() }} | Get-OdcUser";
}
