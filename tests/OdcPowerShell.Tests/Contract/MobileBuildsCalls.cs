using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The native mobile builds API.</summary>
internal static class MobileBuildsCalls
{
    private const string Base = " /api/native-mobile-builds/v1";
    private const string Builds = "GET" + Base + "/build-operations";
    private const string One = Builds + "/{operationKey}";
    private const string Start = "POST" + Base + "/build-operations";
    private const string Suggest = Start + "/version-suggestions";
    private const string Validate = Start + "/native-build-validation";
    private const string Configurations = Base + "/environments/{environmentKey}/applications/{applicationKey}/configurations";
    private const string Android = "GET" + Configurations + "/android";
    private const string Ios = "GET" + Configurations + "/ios";
    private const string Settings = "GET" + Configurations + "/extensibility-settings";
    private const string Stages = "GET /api/portfolios/v2/environments";
    private const string Assets = "GET /api/asset-repository/v1/assets";
    private const string Deployed = "GET /api/portfolios/v2/deployed-assets";
    private const string Released = "GET /api/builds/v1/build-operations";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;
    private const string K = "3b1f8a52-6f0e-4d58-9a43-5f0f1d2c7e11";
    private const string Build = $$""" "buildKey": "{{K}}", "revision": 3, "environmentKey": "{{B}}", "applicationKey": "{{A}}" """;
    private const string Secret = "(ConvertTo-SecureString 'a secret' -AsPlainText -Force)";

    // A file that can be a keystore and a certificate, under a name that the body repeats, and in a folder of its own: rows run side by side.
    private const string Pkcs = "$file = Join-Path (New-Item (Join-Path ([IO.Path]::GetTempPath()) (New-Guid)) -ItemType Directory).FullName 'odc contract.p12'; [IO.File]::WriteAllBytes($file, [byte[]](0x30, 0x05, 0x02, 0x01, 0x03, 0x30, 0x00)); ";

    private const string SettingsDocument = """
        {
          "settings": [
            { "key": "s1", "name": "Sdk", "dataType": "Integer", "defaultValue": "26", "value": "26", "valueOrigin": "Default", "isSecret": false, "description": null },
            { "key": "s2", "name": "ApiKey", "dataType": "Text", "defaultValue": null, "value": null, "valueOrigin": "Default", "isSecret": true, "description": null }
          ],
          "libraries": [{ "key": "lib", "revision": 4, "settings": [{ "key": "l1", "name": "Usage", "dataType": "Text", "defaultValue": null, "value": "x", "valueOrigin": "Default", "isSecret": false, "description": null }] }]
        }
        """;

    private static readonly string[] s_secrets = ["keystore", "keystorePassword", "alias", "aliasPassword", "certificate", "certificatePassword", "provisioningProfile"];
    private static readonly string[] s_lookups = [Assets, Stages];
    private static readonly Dictionary<string, string> s_settings = new(StringComparer.Ordinal) { [Settings] = SettingsDocument };

    private static readonly Dictionary<string, string> s_suggested = new(StringComparer.Ordinal)
    {
        [Suggest] = """
            { "Android": { "mobileVersionNumber": "1.0.1", "mobileVersionCode": 7, "mobilePlatform": "Android" }, "iOS": { "mobileVersionNumber": "2.0.0", "mobileVersionCode": 8, "mobilePlatform": "iOS" } }
            """,
    };

    internal static IEnumerable<Call> All { get; } = [.. Reads, .. Changes];

    private static IEnumerable<Call> Reads =>
    [
        new(Builds, $"Get-OdcMobileBuild -Asset {A} -Stage {B}") { Further = s_lookups },
        new(Builds, $"Get-OdcMobileBuild -Asset {A} -Stage {B} -Platform ios -Revision 3 -Status finished") { Further = s_lookups },
        new(Builds, $"Get-OdcMobileBuild -Asset {A} -Stage {B} -Skip 1 -First 2") { Further = s_lookups },
        new(Builds, $"[pscustomobject]@{{ AssetKey = '{A}'; StageKey = '{B}' }} | Get-OdcMobileBuild -First 2") { Further = s_lookups },
        new(One, $"Get-OdcMobileBuild {K} -Asset {A} -Stage {B}") { Further = [Stages] },
        new(One, $"[OdcPowerShell.MobileBuilds.OdcMobileBuild]@{{ MobileBuildKey = '{K}'; AssetKey = '{A}'; StageKey = '{B}' }} | Get-OdcMobileBuild"),
        new(One, $"[pscustomobject]@{{ MobileBuildKey = '{K}'; AssetKey = '{A}'; StageKey = '{B}' }} | Get-OdcMobileBuild"),
        new(One + "/log-messages", $"Get-OdcMobileBuildLog {K} -Asset {A} -Stage {B}") { Further = [Stages] },
        new(One + "/log-messages", $"Get-OdcMobileBuildLog {K} {A} {B} -Skip 1 -First 5") { Further = [Stages] },
        new(Validate, $"Test-OdcMobileBuild {A} {B} -Build {K} -Revision 3") { Further = s_lookups, Body = $"{{ {Build} }}", Rows = Platforms },
        new(Validate, $"[OdcPowerShell.Builds.OdcBuild]@{{ AssetKey = '{A}'; BuildKey = '{K}'; Revision = 3 }} | Test-OdcMobileBuild -Stage {B} -Platform IOS", PicksFromAnswer: true)
        {
            Further = s_lookups, Body = $$"""{ {{Build}}, "mobilePlatform": "iOS" }""",
        },
        new(Suggest, $"Get-OdcMobileVersionSuggestion {A} {B}") { Further = s_lookups, Body = $$"""{ "environmentKey": "{{B}}", "applicationKey": "{{A}}" }""", Rows = answer => [answer["Android"], answer["iOS"]] },
        new(Suggest, $"Get-OdcMobileVersionSuggestion {A} {B} -Platform android", PicksFromAnswer: true)
        {
            Further = s_lookups, Body = $$"""{ "environmentKey": "{{B}}", "applicationKey": "{{A}}", "mobilePlatform": "Android" }""",
        },
        new(Android, $"Get-OdcAndroidConfiguration {A} {B}") { Further = s_lookups, Rows = Hidden },
        new(Ios, $"Get-OdcIosConfiguration {A} {B}") { Further = s_lookups, Rows = Hidden },
        new(Settings, $"Get-OdcMobileExtensibilitySetting {A} {B}") { Further = s_lookups, Rows = Rows },
        new("GET" + Base + "/native-builder-versions", "Get-OdcMobileBuilderVersion"),
    ];

    private static IEnumerable<Call> Changes =>
    [
        new(Start, $"Start-OdcMobileBuild {A} {B} android -Build {K} -Revision 3") { Further = s_lookups, Body = $$"""{ {{Build}}, "mobilePlatform": "Android" }""" },
        new(Start, $"[pscustomobject]@{{ AssetKey = '{A}'; StageKey = '{B}'; BuildKey = '{K}'; Revision = '3'; Platform = 'ios'; VersionNumber = '1.2.3'; VersionCode = '9' }} | Start-OdcMobileBuild -Force")
        {
            Further = s_lookups, Body = $$"""{ {{Build}}, "mobilePlatform": "iOS", "mobileVersionNumber": "1.2.3", "mobileVersionCode": 9 }""",
        },
        new(Start, $"Start-OdcMobileBuild {A} {B} Android, iOS -Build {K} -Revision 3 -UseSuggestedVersion", Requests: 2)
        {
            Further = [Assets, Stages, Suggest], Given = s_suggested, Body = $$"""{ {{Build}}, "mobilePlatform": "Android", "mobileVersionNumber": "1.0.1", "mobileVersionCode": 7 }""",
        },
        new("PATCH" + Configurations + "/android", Pkcs + $"Set-OdcAndroidConfiguration {A} {B} -KeystorePath $file -KeystorePassword {Secret} -KeyAlias {Secret} -KeyAliasPassword {Secret} -AppIdentifier com.acme.app -BuildType bundle -BuilderVersion 11.2 -MobileFramework capacitor")
        {
            Further = s_lookups,
            Body = """
                {
                  "keystore": { "value": "MAUCAQMwAA==" }, "keystoreName": { "value": "odc contract.p12" }, "keystorePassword": { "value": "a secret" }, "alias": { "value": "a secret" },
                  "aliasPassword": { "value": "a secret" }, "appIdentifier": { "value": "com.acme.app" }, "buildType": { "value": "Bundle" }, "mabsVersion": { "value": "11.2" }, "mobileFramework": { "value": "Capacitor" }
                }
                """,
        },
        new("PATCH" + Configurations + "/android", $"Set-OdcAndroidConfiguration {A} {B} -BuildType Debug -PassThru")
        {
            Further = [Android, Assets, Stages], Writes = Android, Body = """{ "buildType": { "value": "Debug" } }""", PicksFromAnswer = true,
        },
        new("PATCH" + Configurations + "/ios", Pkcs + $"[pscustomobject]@{{ AssetKey = '{A}'; StageKey = '{B}'; CertificatePath = $file; BuildType = 'adhoc'; AppIdentifier = 'com.acme.app'; MobileFramework = '' }} | Set-OdcIosConfiguration")
        {
            Further = s_lookups, Body = """{ "certificate": { "value": "MAUCAQMwAA==" }, "certificateName": { "value": "odc contract.p12" }, "buildType": { "value": "Adhoc" }, "appIdentifier": { "value": "com.acme.app" } }""",
        },
        new("PATCH" + Configurations + "/extensibility-settings", $"Set-OdcMobileExtensibilitySetting {A} {B} Sdk 28 -Metadata @{{ source = 'file' }}")
        {
            Further = [Assets, Settings, Stages], Given = s_settings, Body = """{ "settings": [{ "key": "s1", "value": "28", "metadata": [{ "key": "source", "value": "file" }] }] }""",
        },
        new("PATCH" + Configurations + "/extensibility-settings", $"[pscustomobject]@{{ AssetKey = '{A}'; StageKey = '{B}'; Name = 'Usage'; LibraryKey = 'lib'; Value = 'y' }}, [pscustomobject]@{{ AssetKey = '{A}'; StageKey = '{B}'; Name = 'Sdk'; Value = 30 }} | Set-OdcMobileExtensibilitySetting -PassThru")
        {
            Further = [Assets, Settings, Settings, Stages], Given = s_settings, PicksFromAnswer = true,
            Body = """{ "settings": [{ "key": "s1", "value": "30" }], "libraries": [{ "key": "lib", "settings": [{ "key": "l1", "value": "y" }] }] }""",
        },
        // What is packaged is looked up: what runs in the stage, and then the builds of the revision.
        new(Start, $"Start-OdcMobileBuild {A} {B} Android -Revision 3 -VersionNumber 4.0.0")
        {
            Further = [Assets, Deployed, Released, Stages], Body = $$"""{ {{Build}}, "mobilePlatform": "Android", "mobileVersionNumber": "4.0.0" }""",
            Given = new Dictionary<string, string>(StringComparer.Ordinal) { [Released] = $$"""{ "builds": [{ "buildKey": "{{K}}", "assetKey": "{{A}}", "assetRevision": 3, "buildType": "Release", "status": "Finished" }] }""" },
        },
    ];

    private static IEnumerable<JsonNode?> Platforms(JsonNode answer) =>
        from platform in answer["platformResults"]?.AsObject() ?? []
        where platform.Value is JsonValue value && value.TryGetValue<string>(out _)
        select new JsonObject { ["platform"] = platform.Key, ["result"] = platform.Value!.DeepClone() };

    // Whatever the service says, these are secrets.
    private static IEnumerable<JsonNode?> Hidden(JsonNode answer)
    {
        var row = answer.DeepClone().AsObject();
        foreach (var secret in s_secrets.Where(name => row[name] is not null))
            row[secret]!["isSecret"] = true;
        return [row];
    }

    private static IEnumerable<JsonNode?> Rows(JsonNode answer) =>
        [.. Items(answer, "settings"), .. Items(answer, "libraries").SelectMany(library => Items(library!, "settings"))];

    private static IEnumerable<JsonNode?> Items(JsonNode answer, string member) => answer[member]?.AsArray() ?? [];
}
