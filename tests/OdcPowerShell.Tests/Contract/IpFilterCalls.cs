namespace OdcPowerShell.Tests.Contract;

/// <summary>The IP filter groups of stages.</summary>
internal static class IpFilterCalls
{
    private const string Groups = "/api/environment-configurations/v1/environments/{environmentKey}/ip-filter-groups";
    private const string List = "GET " + Groups;
    private const string One = List + "/{ipFilterGroupKey}";
    private const string Create = "POST " + Groups;
    private const string Change = "PATCH " + Groups + "/{ipFilterGroupKey}";
    private const string Delete = "DELETE " + Groups + "/{ipFilterGroupKey}";
    private const string A = IdentityCalls.A;
    private const string B = IdentityCalls.B;
    private const string C = IdentityCalls.C;
    private const string Stages = IdentityCalls.Stages;
    private const string Assets = IdentityCalls.Assets;
    private const string Vpn = """{ "name": "VPN", "ranges": ["198.51.100.7"], "isActive": true }""";
    private const string Old = """{ "name": "Old", "ranges": ["odd"], "isActive": false }""";

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, $"Get-OdcIpFilterGroup {A}") { Further = [Stages] },
        new(List, $"Get-OdcIpFilterGroup {A} -Name Off* -Asset {B}", PicksFromAnswer: true) { Further = [Stages] },
        new(List, $"'{A}', '{B}' | Get-OdcIpFilterGroup -First 2 -Refresh", Requests: 2) { Further = [Stages] },
        new(One, $"Get-OdcIpFilterGroup {A} -IpFilterGroup {B}"),
        new(One, $"[pscustomobject]@{{ IpFilterGroupKey = '{B}'; StageKey = '{A}' }} | Get-OdcIpFilterGroup") { Further = [Stages] },
        New("-Name Office -AccessType Deny", """{ "name": "Office", "accessType": "DENYLIST" }"""),
        New("Office allowlist -Description 'All of us'", """{ "name": "Office", "accessType": "ALLOWLIST", "description": "All of us" }"""),
        New(
            "Office Allow -Rule (New-OdcIpFilterRule VPN 198.51.100.7/32), @{ Name = 'Off'; Range = '2001:DB8::0/48; 10.0.0.1 - 10.0.0.9'; IsActive = 'no' } -MyAddress 198.51.100.7",
            $$"""{ "name": "Office", "accessType": "ALLOWLIST", "ipRules": [{{Vpn}}, { "name": "Off", "ranges": ["2001:db8::/48", "10.0.0.1-10.0.0.9"], "isActive": false }] }"""),
        New($"Office Allow -Asset {B}, {C}", $$"""{ "name": "Office", "accessType": "ALLOWLIST", "appKeys": ["{{B}}", "{{C}}"] }""", List),
        new(Change, $"Set-OdcIpFilterGroup {B} -Stage {A} -Name Office -Confirm:$false") { Body = """{ "name": "Office" }""" },
        new(Change, $"Set-OdcIpFilterGroup {B} -Stage {A} -Description $null -PassThru -Confirm:$false") { Body = """{ "description": null }""", Further = [One], Writes = One },
        Set($"-Rule (New-OdcIpFilterRule VPN 198.51.100.7) -Name Office", $$"""{ "name": "Office", "ipRules": [{{Vpn}}] }"""),
        // A range that this module does not know goes back as it came.
        Set("-AddRule (New-OdcIpFilterRule VPN 198.51.100.7)", $$"""{ "ipRules": [{{Old}}, {{Vpn}}] }"""),
        Set("-RemoveRule Old", """{ "ipRules": [] }"""),
        Set("-Rule @()", """{ "ipRules": [] }"""),
        Set($"-AddAsset {C}", $$"""{ "appKeys": ["{{B}}", "{{C}}"] }""", List),
        Set($"-RemoveAsset {B}", """{ "appKeys": [] }""", Assets),
        Set($"-Asset {C}", $$"""{ "appKeys": ["{{C}}"] }""", List),
        Set("-AccessType Deny", """{ "accessType": "DENYLIST" }""", "", []),
        new(Delete, $"Remove-OdcIpFilterGroup {B} -Stage {A} -Confirm:$false"),
        new(Delete, $"[pscustomobject]@{{ IpFilterGroupKey = '{B}'; StageKey = '{A}' }} | Remove-OdcIpFilterGroup -Confirm:$false") { Further = [Stages] },
    ];

    private static Call New(string parameters, string body, params string[] further) =>
        new(Create, $"New-OdcIpFilterGroup -Stage {A} {parameters} -Confirm:$false") { Body = body, Further = [One, .. further], Writes = One };

    private static Call Set(string parameters, string body, params string[] further) => Set(parameters, body, $"\"{B}\"", further);

    private static Call Set(string parameters, string body, string apps, string[] further) => new(Change, $"Set-OdcIpFilterGroup {B} -Stage {A} {parameters} -Confirm:$false")
    {
        Body = body, Further = [One, .. further], Given = new Dictionary<string, string>
        {
            [One] = $$"""{ "name": "Group", "accessType": "ALLOWLIST", "ipRules": [{{Old}}], "appKeys": [{{apps}}], "key": "{{B}}" }""",
        },
    };
}
