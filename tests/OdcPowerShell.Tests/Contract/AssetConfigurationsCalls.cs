using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The asset configurations API: the settings of assets in stages, and the system configurations of stages.</summary>
internal static class AssetConfigurationsCalls
{
    private const string Base = " /api/asset-configurations/v1/environments/{environmentKey}";
    private const string App = "GET" + Base + "/applications/{applicationKey}/revisions/deployed/configurations";
    private const string AppRevision = "GET" + Base + "/applications/{applicationKey}/revisions/{baselineRevision}/configurations";
    private const string Agent = "GET" + Base + "/agents/{agentKey}/revisions/deployed/configurations";
    private const string AgentRevision = "GET" + Base + "/agents/{agentKey}/revisions/{baselineRevision}/configurations";
    private const string Stage = "GET" + Base + "/default-system-configurations";
    private const string ChangeApp = "PATCH" + Base + "/applications/{applicationKey}/configurations";
    private const string ChangeAgent = "PATCH" + Base + "/agents/{agentKey}/configurations";
    private const string ChangeStage = "PATCH" + Base + "/default-system-configurations";
    private const string Stages = "GET /api/portfolios/v2/environments";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;
    private const string Row = $"[pscustomobject]@{{ AssetKey = '{A}'; StageKey = '{B}'; AssetType = 'WebApplication'; ";

    // What a change looks up first: names become keys, and values are compared.
    private const string Document = """
        {
          "key": "app", "name": "App", "revisionDeployed": 3,
          "settings": [
            { "key": "s1", "name": "Max", "dataType": "Integer", "value": "1", "deployedValue": "1", "isSecret": false },
            { "key": "s2", "name": "ApiKey", "dataType": "Text", "isSecret": true },
            { "key": "s3", "name": "Logo", "dataType": "BinaryUrl", "isSecret": false }
          ],
          "timers": [{ "key": "t1", "name": "Nightly", "configs": [{ "key": "t1s", "name": "Schedule", "dataType": "Text", "value": "0 1 * * *", "isSecret": false }] }],
          "integrations": [{ "key": "i1", "name": "Crm", "configs": [{ "key": "i1s", "name": "BaseUrl", "dataType": "Text", "value": "https://a.example", "isSecret": false }] }],
          "libraries": [
            { "key": "l1", "name": "Lib", "revision": 7, "settings": [{ "key": "l1s", "name": "Theme", "dataType": "Text", "value": "Light", "isSecret": false }],
              "integrations": [{ "key": "l1i", "name": "Feed", "configs": [{ "key": "l1is", "name": "Path", "dataType": "Text", "isSecret": false }] }] },
            { "key": "l2", "name": "Other", "revision": 2, "settings": [{ "key": "l2s", "name": "Theme", "dataType": "Text", "value": "Light", "isSecret": false }] }
          ],
          "systemConfigurations": [{ "key": "c1", "name": "LogLevel", "dataType": "Text", "value": "Info", "isSecret": false }]
        }
        """;

    private static IReadOnlyDictionary<string, string> Given { get; } = new Dictionary<string, string>
    {
        [App] = Document,
        [Agent] = Document,
        [Stage] = """{ "systemConfigurations": [{ "key": "c1", "name": "Port", "dataType": "Integer", "value": "25", "isSecret": false }, { "key": "c2", "name": "Password", "dataType": "Text", "isSecret": true }] }""",
    };

    internal static IEnumerable<Call> All { get; } = [.. Reads, .. Changes];

    private static IEnumerable<Call> Reads =>
    [
        new(App, $"Get-OdcAssetConfiguration {A} {B} -AssetType WebApplication") { Further = [Stages] },
        new(App, $"Get-OdcAssetConfiguration {A} -Stage {B} -AssetType WebApplication -Section Setting, Timer, Integration, Library, SystemConfiguration -IncludeBinaryValue") { Further = [Stages] },
        new(App, $"Get-OdcAssetConfiguration {A} {B} -AssetType WebApplication -IncludeBinaryValue -First 1") { Further = [Stages] },
        new(AppRevision, $"Get-OdcAssetConfiguration {A} {B} -AssetType MobileApplication -Revision 3") { Further = [Stages] },
        new(AppRevision, $"Get-OdcAssetConfiguration {A} {B} -AssetType MobileApplication -Revision 3 -Section Timer -IncludeBinaryValue") { Further = [Stages] },
        new(Agent, $"Get-OdcAssetConfiguration {A} {B} -AssetType Agent") { Further = [Stages] },
        new(Agent, $"Get-OdcAssetConfiguration {A} {B} -AssetType Agent -Section Library -IncludeBinaryValue") { Further = [Stages] },
        new(AgentRevision, $"Get-OdcAssetConfiguration {A} {B} -AssetType Agent -Revision 4") { Further = [Stages] },
        new(AgentRevision, $"Get-OdcAssetConfiguration {A} {B} -AssetType Agent -Revision 4 -Section Library -IncludeBinaryValue") { Further = [Stages] },
        new(App, $"Get-OdcAssetSetting {A} {B} -AssetType WebApplication") { Further = [Stages], Rows = Flat },
        new(App, $"Get-OdcAssetSetting {A} {B} -AssetType WebApplication -Section Setting -IncludeBinaryValue -Name M* -Skip 1", PicksFromAnswer: true) { Further = [Stages] },
        new(AppRevision, $"Get-OdcAssetSetting {A} {B} -AssetType WebApplication -Revision 3 -Section Setting -IncludeBinaryValue", PicksFromAnswer: true) { Further = [Stages] },
        new(Agent, $"Get-OdcAssetSetting {A} {B} -AssetType Agent -Section Timer -IncludeBinaryValue", PicksFromAnswer: true) { Further = [Stages] },
        new(AgentRevision, $"Get-OdcAssetSetting {A} {B} -AssetType Agent -Revision 3 -Section Timer -IncludeBinaryValue", PicksFromAnswer: true) { Further = [Stages] },
        new(App, $"[OdcPowerShell.AssetRepository.OdcAsset]@{{ AssetKey = '{A}'; AssetType = 'WebApplication' }} | Compare-OdcAssetSetting -ReferenceStage {A} -Stage {B} -Section Setting -Name M* -IncludeEqual", Requests: 2, PicksFromAnswer: true) { Further = [Stages] },
        new(Stage, $"Get-OdcStageSystemConfiguration {B}") { Further = [Stages], Rows = body => Items(body, "systemConfigurations") },
    ];

    // The settings of the asset, section by section, and then those of its libraries.
    private static IEnumerable<JsonNode?> Flat(JsonNode body) =>
    [
        .. Items(body, "settings"), .. Items(body, "timers").SelectMany(timer => Items(timer!, "configs")), .. Items(body, "integrations").SelectMany(integration => Items(integration!, "configs")),
        .. Items(body, "systemConfigurations"), .. Items(body, "libraries").SelectMany(library => Flat(library!)),
    ];

    private static IEnumerable<JsonNode?> Items(JsonNode body, string member) => body[member]?.AsArray() ?? [];

    private static IEnumerable<Call> Changes =>
    [
        new(ChangeApp, $"Set-OdcAssetSetting {A} {B} Max 2 -AssetType WebApplication") { Further = [App, Stages], Given = Given, Body = """{ "settings": [{ "key": "s1", "value": "2" }] }""" },
        new(ChangeApp, Row + "Name = 'Theme'; Library = 'Lib'; Section = 'Setting'; Value = 'Dark' } | Set-OdcAssetSetting")
        {
            Further = [App, Stages], Given = Given, Body = """{ "libraries": [{ "key": "l1", "revision": 7, "settings": [{ "key": "l1s", "value": "Dark" }] }] }""",
        },
        new(ChangeApp, Row + "Name = 'BaseUrl'; Element = 'Crm'; Value = 'https://b.example' } | Set-OdcAssetSetting -PassThru")
        {
            Further = [App, App, Stages], Given = Given, Body = """{ "integrations": [{ "key": "i1", "configs": [{ "key": "i1s", "value": "https://b.example" }] }] }""", PicksFromAnswer = true,
        },
        new(ChangeApp, Row + "Name = 'ApiKey' } | Set-OdcAssetSetting -Value 'plain text' -AllowPlainText") { Further = [App, Stages], Given = Given, Body = """{ "settings": [{ "key": "s2", "value": "plain text" }] }""" },
        new(ChangeAgent, $"Set-OdcAssetSetting {A} {B} Nightly/Schedule '0 2 * * *' -AssetType Agent")
        {
            Further = [Agent, Stages], Given = Given, Body = """{ "timers": [{ "key": "t1", "configs": [{ "key": "t1s", "value": "0 2 * * *" }] }] }""",
        },
        new(ChangeApp, $"[OdcPowerShell.AssetRepository.OdcAsset]@{{ AssetKey = '{A}' }} | Set-OdcAssetConfiguration -Stage {B} -Setting @{{ Max = 2 }} -Timer @{{ Nightly = @{{ Schedule = '' }} }} -Integration @{{ Crm = @{{ BaseUrl = 'x' }} }} -Library @{{ Lib = @{{ Theme = 'Dark'; 'Lib/Feed/Path' = 'p' }} }} -SystemConfiguration @{{ LogLevel = 'Debug' }}")
        {
            Further = [App, Stages, "GET /api/asset-repository/v1/assets"],
            Given = Given,
            Body = """
                {
                  "settings": [{ "key": "s1", "value": "2" }],
                  "timers": [{ "key": "t1", "configs": [{ "key": "t1s", "value": "" }] }],
                  "integrations": [{ "key": "i1", "configs": [{ "key": "i1s", "value": "x" }] }],
                  "systemConfigurations": [{ "key": "c1", "value": "Debug" }],
                  "libraries": [{ "key": "l1", "revision": 7, "settings": [{ "key": "l1s", "value": "Dark" }], "integrations": [{ "key": "l1i", "configs": [{ "key": "l1is", "value": "p" }] }] }]
                }
                """,
        },
        new(ChangeStage, $"Set-OdcStageSystemConfiguration {B} Port 587 -Confirm:$false") { Further = [Stage, Stages], Given = Given, Body = """{ "systemConfigurations": [{ "key": "c1", "value": "587" }] }""" },
        new(ChangeStage, $"Set-OdcStageSystemConfiguration {B} Password secret -AllowPlainText -PassThru -Confirm:$false")
        {
            Further = [Stage, Stage, Stages], Given = Given, Body = """{ "systemConfigurations": [{ "key": "c2", "value": "secret" }] }""", PicksFromAnswer = true,
        },
    ];
}
