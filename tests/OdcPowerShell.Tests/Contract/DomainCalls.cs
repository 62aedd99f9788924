namespace OdcPowerShell.Tests.Contract;

/// <summary>The custom domains of the environment configurations API.</summary>
internal static class DomainCalls
{
    private const string List = "GET /api/environment-configurations/v1/environments/{environmentKey}/domains";
    private const string One = List + "/{domainKey}";
    private const string Create = "POST /api/environment-configurations/v1/environments/{environmentKey}/domains";
    private const string Change = "PATCH /api/environment-configurations/v1/environments/{environmentKey}/domains/{domainKey}";
    private const string Delete = "DELETE /api/environment-configurations/v1/environments/{environmentKey}/domains/{domainKey}";
    private const string Stages = "GET /api/portfolios/v2/environments";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, $"Get-OdcDomain {A}") { Further = [Stages] },
        new(List, $"Get-OdcDomain {A} -PageSize 7 -First 3 -Skip 8") { Further = [Stages] },
        new(List, $"'{A}', '{B}' | Get-OdcDomain -Name *.acme.com -Refresh", Requests: 2) { Further = [Stages] },
        new(List, $"[pscustomobject]@{{ EnvironmentKey = [guid]'{A}' }} | Get-OdcDomain -Name apps.acme.com", PicksFromAnswer: true) { Further = [Stages] },
        new(One, $"Get-OdcDomain -Stage {A} -Domain {B}"),
        new(One, $"[pscustomobject]@{{ DomainKey = '{A}'; StageKey = '{B}' }} | Get-OdcDomain"),
        new(Create, $"New-OdcDomain -Hostname Apps.Acme.com -Stage {A} -Name 'Shop ü'") { Body = """{ "hostname": "apps.acme.com", "name": "Shop ü" }""", NeedsWholeAnswer = true },
        new(Create, $"[pscustomobject]@{{ Hostname = 'münchen.example.'; Stage = '{A}'; Name = '' }} | New-OdcDomain") { Body = """{ "hostname": "xn--mnchen-3ya.example" }""", NeedsWholeAnswer = true },
        new(Change, $"Set-OdcDomain {B} -Stage {A} -DefaultAsset {A} -RedirectOption temporary -PassThru")
        {
            Body = $$"""{ "defaultApplicationKey": "{{A}}", "redirectOption": "Temporary" }""", Rows = answer => [answer["domain"]], NeedsWholeAnswer = true, Further = ["GET /api/asset-repository/v1/assets"],
        },
        new(Change, $"Set-OdcDomain {B} -Stage {A} -ClearDefaultAsset -RedirectOption None") { Body = """{ "defaultApplicationKey": null, "redirectOption": "None" }""", NeedsWholeAnswer = true },
        new(Change, $"Set-OdcDomain {B} -Stage {A} -RedirectOption Permanent")
        {
            Body = $$"""{ "defaultApplicationKey": "{{B}}", "redirectOption": "Permanent" }""", Further = [One], Given = State, NeedsWholeAnswer = true,
        },
        new(Change, $"Set-OdcDomain {B} -Stage {A} -DefaultAsset {A}")
        {
            Body = $$"""{ "defaultApplicationKey": "{{A}}", "redirectOption": "Temporary" }""", Further = [One], Given = State, NeedsWholeAnswer = true,
        },
        new(Delete, $"Remove-OdcDomain {B} -Stage {A} -Confirm:$false"),
        new(One, $"Test-OdcDomain {B} -Stage {A}", PicksFromAnswer: true) { Given = new Dictionary<string, string> { [One] = """{ "id": "d", "hostname": "apps.acme.com", "builtIn": true }""" } },
    ];

    private static Dictionary<string, string> State => new() { [One] = $$"""{ "id": "{{B}}", "hostname": "apps.acme.com", "defaultApplicationKey": "{{B}}", "redirectOption": "Temporary" }""" };
}
