namespace OdcPowerShell.Tests.Contract;

/// <summary>Permissions.</summary>
internal static class PermissionCalls
{
    private const string List = "GET " + IdentityCalls.Base + "/permissions";
    private const string One = List + "/{key}";
    private const string A = IdentityCalls.A;

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcPermission"),
        new(List, "Get-OdcPermission View*"),
        new(List, "Get-OdcPermission -Name 'View & ü'", PicksFromAnswer: true),
        new(List, "Get-OdcPermission -First 2 -Skip 1"),
        new(List, "Get-OdcPermission -PageSize 7"),
        new(One, $"Get-OdcPermission -Permission {A}"),
        new(One, $"[pscustomobject]@{{ PermissionKey = '{A}' }} | Get-OdcPermission"),
    ];
}
