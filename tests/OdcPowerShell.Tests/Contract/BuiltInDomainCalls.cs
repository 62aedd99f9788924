namespace OdcPowerShell.Tests.Contract;

/// <summary>The built-in domains of stages and of the organization, and default domains.</summary>
internal static class BuiltInDomainCalls
{
    private const string Base = " /api/environment-configurations/v1/environments/{environmentKey}";
    private const string OfStage = Base + "/builtin-domains";
    private const string OfOrganization = " /api/organization/v1/builtin-domains";
    private const string One = "/{builtinDomainPrefix}";
    private const string Stages = "GET /api/portfolios/v2/environments";
    private const string Default = "GET" + Base + "/default-domain";
    private const string ChangeDefault = "PATCH" + Base + "/default-domain";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;

    private const string Domains = """
        { "results": [
            { "builtinDomainPrefix": "acme", "builtinOsDomain": "acme.outsystems.dev", "isPrimary": true },
            { "builtinDomainPrefix": "acme-group", "builtinOsDomain": "acme-group.outsystems.dev", "isPrimary": false }
        ] }
        """;

    private static IReadOnlyDictionary<string, string> Given { get; } = new Dictionary<string, string>
    {
        ["GET" + OfStage] = Domains,
        ["GET" + OfOrganization] = Domains,
        ["GET" + Base + "/domains"] = """{ "results": [{ "id": "d", "hostname": "shop.acme.example" }] }""",
    };

    internal static IEnumerable<Call> All { get; } =
    [
        new("GET" + OfStage, $"Get-OdcBuiltInDomain {A}") { Further = [Stages] },
        new("GET" + OfStage, $"'{A}', '{B}' | Get-OdcBuiltInDomain -Refresh", Requests: 2) { Further = [Stages] },
        new("GET" + OfOrganization, "Get-OdcBuiltInDomain -Organization"),
        new("POST" + OfStage + "/availability", $"Test-OdcBuiltInDomain Acme-Test -Stage {A}") { Body = """{ "builtinDomainPrefix": "acme-test" }""" },
        new("POST" + OfOrganization + "/availability", "Test-OdcBuiltInDomain acme-a.outsystems.dev -Organization") { Body = """{ "builtinDomainPrefix": "acme-a" }""", Further = ["GET" + OfOrganization], Given = Given },
        new("POST" + OfOrganization + "/availability", "'acme-a', 'acme-b' | Test-OdcBuiltInDomain -Organization", Requests: 2) { Body = """{ "builtinDomainPrefix": "acme-a" }""" },
        new("POST" + OfStage, $"[pscustomobject]@{{ Prefix = 'ACME-Test'; StageKey = '{A}' }} | New-OdcBuiltInDomain") { Body = """{ "builtinDomainPrefix": "acme-test" }""", Further = [Stages] },
        new("POST" + OfStage, $"New-OdcBuiltInDomain acme-test {A} -PassThru", PicksFromAnswer: true) { Body = """{ "builtinDomainPrefix": "acme-test" }""", Further = ["GET" + OfStage] },
        new("POST" + OfOrganization, "New-OdcBuiltInDomain acme-test.outsystems.dev -Organization") { Body = """{ "builtinDomainPrefix": "acme-test" }""", Further = ["GET" + OfOrganization], Given = Given },
        new("PATCH" + OfStage + One, $"Set-OdcBuiltInDomain acme-group -Primary -Stage {A} -Confirm:$false") { Further = ["GET" + OfStage], Given = Given },
        new("PATCH" + OfOrganization + One, "Set-OdcBuiltInDomain acme-group -Primary -Organization -Confirm:$false") { Further = ["GET" + OfOrganization], Given = Given },
        new("DELETE" + OfStage + One, $"Remove-OdcBuiltInDomain acme-group -Stage {A} -Confirm:$false") { Further = ["GET" + OfStage], Given = Given },
        new("DELETE" + OfOrganization + One, "Remove-OdcBuiltInDomain ACME-Group.outsystems.dev -Organization -Confirm:$false") { Further = ["GET" + OfOrganization], Given = Given },
        new(Default, $"Get-OdcDefaultDomain {A}") { Further = [Stages] },
        new(ChangeDefault, $"Set-OdcDefaultDomain {A} Shop.acme.example")
        {
            Body = """{ "defaultDomain": "shop.acme.example" }""", Further = ["GET" + Base + "/domains", Stages], Given = Given,
        },
        new(ChangeDefault, $"[pscustomobject]@{{ StageKey = '{A}'; Domain = 'shop.acme.example' }} | Set-OdcDefaultDomain -PassThru")
        {
            Body = """{ "defaultDomain": "shop.acme.example" }""", Further = ["GET" + Base + "/domains", Stages, Default], Given = Given, Writes = Default,
        },
    ];
}
