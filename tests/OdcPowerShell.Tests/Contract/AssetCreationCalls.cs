namespace OdcPowerShell.Tests.Contract;

/// <summary>The asset repository API: new assets and revisions, and uploads for them.</summary>
internal static class AssetCreationCalls
{
    private const string Create = "POST /api/asset-repository/v1/assets";
    private const string Upload = "POST /api/asset-repository/v1/uploads";
    private const string Key = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string File = "$file = Join-Path ([IO.Path]::GetTempPath()) \"$(New-Guid) \u00e7\u00e3o.oml\"; Set-Content $file 'no real source' -NoNewline; ";
    private const string Url = "https://storage.example/uploads/1.oml?X-Number=1&X-Signature=abc";

    // All other operations have other names for these.
    private static readonly Dictionary<string, string> Names = new()
    {
        ["applicationKey"] = "assetKey",
        ["applicationType"] = "assetType",
        ["revisionDateTime"] = "createdAt",
        ["isBuiltInApp"] = "isBuiltInAsset",
        ["fromTemplateKey"] = "clonedFromTemplateKey",
        ["publishDateTime"] = "publishedAt",
        ["releaseDateTime"] = "releasedAt",
    };

    internal static IEnumerable<Call> All { get; } =
    [
        New("New-OdcAsset Orders WebApplication", """{ "assetCreationDetails": { "assetName": "Orders", "assetType": "WebApplication" } }"""),
        New($"New-OdcAsset -Name Orders -Type Agent -Template {Key} -Description 'Takes orders' -Portfolio {Key}",
            $$"""{ "assetCreationDetails": { "assetName": "Orders", "assetType": "Agent", "templateKey": "{{Key}}", "description": "Takes orders" }, "portfolioKey": "{{Key}}" }"""),
        New(File + "New-OdcAsset Orders -Type Workflow -IconPath $file",
            """{ "assetCreationDetails": { "assetName": "Orders", "assetType": "Workflow", "iconBase64": "bm8gcmVhbCBzb3VyY2U=" } }"""),
        New($"New-OdcAssetRevision -FileUri '{Url}'", $$"""{ "fileUri": "{{Url}}" }"""),
        New($"New-OdcAssetRevision -FileUri '{Url}' -Tag 1.2.3 -ReleaseNote new -CommitMessage first -SkipSequentialVersionValidation -Portfolio {Key}",
            $$"""{ "fileUri": "{{Url}}", "tag": "1.2.3", "releaseNotes": "new", "commitMessage": "first", "skipSequentialVersionValidation": true, "portfolioKey": "{{Key}}" }"""),
        New(File + "New-OdcAssetRevision $file -Direct", file: "no real source"),
        New(File + "Get-Item $file | New-OdcAssetRevision -Direct -Tag 1.2.3 -ReleaseNote '\"new\" ü' -SkipSequentialVersionValidation:$false",
            """{ "tag": "1.2.3", "releaseNotes": "\"new\" ü", "skipSequentialVersionValidation": false }""", "no real source"),
        new(Upload, "New-OdcUpload"),
    ];

    private static Call New(string script, string? body = null, string? file = null) => new(Create, script) { Renamed = Names, Body = body, File = file };
}
