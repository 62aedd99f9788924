namespace OdcPowerShell.Tests.Contract;

/// <summary>The users of groups and roles.</summary>
internal static class UserListCalls
{
    private const string OfGroup = "GET " + IdentityCalls.Base + "/groups/{key}/users";
    private const string OfEndUserRole = "GET " + IdentityCalls.Base + "/application-roles/{key}/users";
    private const string OfOrganizationRole = "GET " + IdentityCalls.Base + "/organization-roles/{key}/users";
    private const string A = IdentityCalls.A;
    private const string B = IdentityCalls.B;

    internal static IEnumerable<Call> All { get; } =
    [
        new(OfGroup, $"Get-OdcUser -Group {A}"),
        new(OfGroup, $"Get-OdcUser -Group {A}, {B}", Requests: 2),
        new(OfGroup, $"Get-OdcUser -GroupKey {A} -User {A}, {B}"),
        new(OfGroup, $"Get-OdcUser -Group {A} -MembershipType Mapped"),
        .. Of(OfGroup, $"Get-OdcUser -Group {A}", [.. Names, .. Logins, .. Order]),
        new(OfEndUserRole, $"Get-OdcUser -EndUserRole {A}"),
        new(OfEndUserRole, $"Get-OdcUser -EndUserRole {A} -User {B}"),
        new(OfEndUserRole, $"Get-OdcUser -EndUserRole {A} -User {A}, {B}", Requests: 2),
        .. Of(OfEndUserRole, $"Get-OdcUser -ApplicationRoleKey {A}", [.. Names, .. Logins, .. Order]),
        new(OfOrganizationRole, $"Get-OdcUser -OrganizationRole {A}"),
        .. Of(OfOrganizationRole, $"Get-OdcUser -OrganizationRoleKey {A}", [.. Names, .. Order]),
    ];

    private static IEnumerable<string> Names => ["-NameOrEmail 'ana+test@acme.example'", "-NameEmailOrUsername 'ção & ü'"];

    private static IEnumerable<string> Logins => ["-LastLoginSince '2026-01-02T03:04:05.678'", "-LastLoginTo 2026-03-29"];

    private static IEnumerable<string> Order => ["-Sort email -Descending", "-Embed ApplicationRoles, UserIdentityProviders", "-First 2 -Skip 1", "-PageSize 7"];

    private static IEnumerable<Call> Of(string operation, string command, IReadOnlyList<string> parameters) =>
        parameters.Append(string.Join(' ', parameters)).Select(p => new Call(operation, $"{command} {p}"));
}
