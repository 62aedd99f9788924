namespace OdcPowerShell.Tests.Contract;

/// <summary>The portfolio API, in both of its versions.</summary>
internal static class PortfoliosCalls
{
    private const string Base = "/api/portfolios/v2";
    private const string Stages = "GET " + Base + "/environments";
    private const string Deployed = "GET " + Base + "/deployed-assets";
    private const string Libraries = "GET " + Base + "/libraries";
    private const string Portfolios = "GET " + Base + "/portfolios";
    private const string ChangeStage = "PATCH " + Base + "/environments/{environmentKey}";
    private const string ChangePortfolio = "PATCH " + Base + "/portfolios/{portfolioKey}";
    private const string OldDeployed = "GET /api/portfolios/v1/deployed-assets";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;

    internal static IEnumerable<Call> All { get; } =
    [
        new(Stages, "Get-OdcStage"),
        new(Stages, "Get-OdcStage -Name *"),
        new(Stages, $"Get-OdcStage -Portfolio {A}"),
        new(Stages, $"[pscustomobject]@{{ PortfolioKey = [guid]'{A}' }} | Get-OdcStage"),
        new("GET /api/portfolios/v1/environments", "Get-OdcStage -ApiVersion V1"),
        new(ChangeStage, $"Set-OdcStage {A} -Name 'QA ü' -Order 0") { Body = """{ "name": "QA ü", "order": 0 }""" },
        new(ChangeStage, $"[pscustomobject]@{{ StageKey = '{A}'; Name = 'not sent' }} | Set-OdcStage -Order 5") { Body = """{ "order": 5 }""" },
        new("PATCH " + Base + "/environments", $"Set-OdcStage -Update @{{ StageKey = '{A}'; Order = 10 }}, ([pscustomobject]@{{ StageKey = [guid]'{B}'; Name = 'Live'; Order = '20'; Region = 'eu' }})")
        {
            Body = $$"""{ "environments": [{ "key": "{{A}}", "order": 10 }, { "key": "{{B}}", "name": "Live", "order": 20 }] }""",
        },
        .. Running,
        .. Shared,
        new(Portfolios, "Get-OdcPortfolio"),
        new(Portfolios, "Get-OdcPortfolio -Name * -First 2 -Skip 1"),
        new(Portfolios, "Get-OdcPortfolio -First 2 -Skip 1"),
        new(Portfolios, $"Get-OdcPortfolio -Portfolio {A}"),
        new(ChangePortfolio, $"Set-OdcPortfolio -PortfolioKey {A} -Name 'Main ü'") { Body = """{ "name": "Main ü" }""" },
        new(ChangePortfolio, $"Rename-OdcPortfolio {A} Main -PassThru") { Body = """{ "name": "Main" }""", Further = [Portfolios], Writes = Portfolios },
    ];

    private static IEnumerable<Call> Running =>
    [
        new(Deployed, "Get-OdcDeployedAsset") { Further = [Stages] },
        .. Filters.Select(filter => new Call(Deployed, "Get-OdcDeployedAsset " + filter) { Further = [Stages] }),
        new(Deployed, $"Get-OdcDeployedAsset -Portfolio {A} " + string.Join(' ', Filters)) { Further = [Stages] },
        new(Deployed, "Get-OdcDeployedAsset -Flat -First 2 -Skip 1") { Further = [Stages] },
        new(Deployed, "Get-OdcDeployedAsset -First 2 -Skip 1") { Further = [Stages] },
        new(Deployed, $"'{A}', '{B}' | Get-OdcDeployedAsset") { Further = [Stages] },
        new(Deployed, "1..150 | ForEach-Object { New-Guid } | Get-OdcDeployedAsset", Requests: 2) { Further = [Stages] },
        new(Deployed, "Get-OdcDeployedAsset -Matrix") { Further = [Stages] },
        new(Deployed, $"Compare-OdcStage {Stage(A)} {Stage(B)} -Name *order* -Type WebApplication, Agent", PicksFromAnswer: true),
        new(OldDeployed, "Get-OdcDeployedAsset -ApiVersion V1") { Further = [Stages] },
        new(OldDeployed, "Get-OdcDeployedAsset -ApiVersion V1 -First 2 -Skip 1") { Further = [Stages] },
        new(OldDeployed, "Get-OdcDeployedAsset -ApiVersion V1 -First 2 -Skip 1 " + string.Join(' ', Filters)) { Further = [Stages] },
    ];

    private static string Stage(string key) => $"([OdcPowerShell.Portfolios.OdcStage]@{{ StageKey = '{key}' }})";

    private static IEnumerable<string> Filters =>
        ["-Name *order*", $"-Stage {A}, {B}", $"-Asset {A}, {B}", "-Type WebApplication, Agent", $"-Permission AppDeploy.{A}", $"-Sort {A}, {B} -Descending"];

    private static IEnumerable<Call> Shared =>
    [
        new(Libraries, "Get-OdcLibrary"),
        .. LibraryFilters.Select(filter => new Call(Libraries, "Get-OdcLibrary " + filter)),
        new(Libraries, "Get-OdcLibrary " + string.Join(' ', LibraryFilters)),
        new(Libraries, "Get-OdcLibrary -Descending -First 2 -Skip 1"),
    ];

    private static IEnumerable<string> LibraryFilters =>
    [
        "-Name *ui*", $"-Asset {A}, {B}", "-Type LowCodeLibrary, MobileLibrary", $"-Portfolio {A}", "-RevisionScope HighestTag", $"-Permission AppChange.{A}", "-Sort PublishDateTime",
    ];
}
