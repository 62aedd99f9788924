namespace OdcPowerShell.Tests.Contract;

/// <summary>The private gateways of the environment configurations API.</summary>
internal static class GatewayCalls
{
    private const string Gateway = "/api/environment-configurations/v1/environments/{environmentKey}/private-gateway";
    private const string Read = "GET " + Gateway;
    private const string Activate = "POST " + Gateway + "/activation";
    private const string Deactivate = "POST " + Gateway + "/deactivation";
    private const string Rotate = "POST " + Gateway + "/key-rotation";
    private const string Stages = "GET /api/portfolios/v2/environments";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;

    private static readonly Dictionary<string, string> s_active = new(StringComparer.Ordinal) { [Read] = """{ "serverActive": true, "serverHealth": "Healthy", "isDeactivating": false, "url": "https://acme.example/sg_1" }""" };
    private static readonly Dictionary<string, string> s_inactive = new(StringComparer.Ordinal) { [Read] = """{ "serverActive": false, "serverHealth": "Unhealthy", "isDeactivating": false }""" };

    internal static IEnumerable<Call> All { get; } =
    [
        new(Read, $"Get-OdcPrivateGateway {A}") { Further = [Stages] },
        new(Read, $"'{A}', '{B}' | Get-OdcPrivateGateway", Requests: 2) { Further = [Stages] },
        new(Activate, $"Enable-OdcPrivateGateway {A} -Confirm:$false") { Given = s_inactive, Further = [Read] },
        new(Activate, $"[pscustomobject]@{{ StageKey = '{A}' }} | Enable-OdcPrivateGateway -Confirm:$false") { Given = s_inactive, Further = [Read] },
        new(Deactivate, $"Disable-OdcPrivateGateway {A} -Confirm:$false", PicksFromAnswer: true) { Given = s_active, Further = [Read] },
        new(Rotate, $"Update-OdcPrivateGatewayToken {A} -Confirm:$false") { Given = s_active, Further = [Read] },
    ];
}
