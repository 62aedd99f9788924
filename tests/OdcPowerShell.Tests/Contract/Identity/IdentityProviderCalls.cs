namespace OdcPowerShell.Tests.Contract;

/// <summary>Identity providers.</summary>
internal static class IdentityProviderCalls
{
    private const string List = "GET " + IdentityCalls.Base + "/identity-providers";
    private const string One = List + "/{key}";
    private const string A = IdentityCalls.A;

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcIdentityProvider"),
        new(List, "Get-OdcIdentityProvider Entra*"),
        new(List, "Get-OdcIdentityProvider -Name 'Entra & ü'", PicksFromAnswer: true),
        new(List, "Get-OdcIdentityProvider -First 2 -Skip 1"),
        new(List, "Get-OdcIdentityProvider -PageSize 7"),
        new(One, $"Get-OdcIdentityProvider -IdentityProvider {A}"),
        new(One, $"[pscustomobject]@{{ IdentityProviderKey = '{A}' }} | Get-OdcIdentityProvider"),
    ];
}
