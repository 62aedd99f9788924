namespace OdcPowerShell.Tests.Contract;

/// <summary>The asset repository API: assets, their revisions, and the details of these.</summary>
internal static class AssetRepositoryCalls
{
    internal const string List = "GET " + Base + "/assets";
    internal const string Latest = One + "/latest-revision";
    internal const string A = "0f8fad5b-d9cb-469f-a165-70867728950e";
    internal const string B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private const string Base = "/api/asset-repository/v1";
    private const string One = List + "/{assetKey}";
    private const string Revisions = One + "/revisions";
    private const string Revision = Revisions + "/{revisionNumber}";
    private const string Change = "PATCH " + Base + "/assets/{assetKey}/revisions/{revisionNumber}";
    private const string Search = "POST " + Base + "/assets/search";

    internal static IEnumerable<Call> All { get; } = [.. Assets, .. Lists, .. Singles, .. Changes, .. Details, .. Searches];

    private static IEnumerable<Call> Assets =>
    [
        new(List, "Get-OdcAsset"),
        .. AssetFilters.Select(filter => new Call(List, "Get-OdcAsset " + filter)),
        new(List, "Get-OdcAsset " + string.Join(' ', AssetFilters)),
        new(List, "Get-OdcAsset -Name 'Order & ü'", PicksFromAnswer: true),
        new(List, "Get-OdcAsset -Deployable:$false -BuiltIn:$false -External:$false"),
        new(List, "Get-OdcAsset -Sort createdAt -Descending"),
        new(List, "Get-OdcAsset -Descending -First 2 -Skip 1 -PageSize 700"),
        new(List, $"Get-OdcAsset -Asset {A}, {B} -Embed icon", PicksFromAnswer: true),
        new(List, "1..250 | ForEach-Object { New-Guid } | Get-OdcAsset", Requests: 3, PicksFromAnswer: true),
        new(One, $"Get-OdcAsset -AssetKey {A} -Embed releaseNote, icon, sourceCode, signature, metadata"),
        new(One, $"[pscustomobject]@{{ ApplicationKey = [guid]'{A}' }} | Get-OdcAsset"),
        new(One, $"Get-OdcAsset -Asset 'https://127.0.0.1/apps/{A}/overview'"),
    ];

    private static IEnumerable<string> AssetFilters =>
    [
        "-Name *order*",
        "-NameOrDescription 'ção & ü'",
        "-Type WebApplication, Agent",
        $"-Portfolio {A}, {B}",
        "-UrlPath Order/Desk",
        "-TemplateType ApplicationTemplate",
        "-Deployable",
        "-BuiltIn",
        "-External",
        "-Permission AppDeploy",
        "-Embed metadata",
        "-Sort name",
    ];

    private static IEnumerable<Call> Lists =>
    [
        new(Revisions, $"Get-OdcAssetRevision {A}"),
        .. RevisionFilters.Select(filter => new Call(Revisions, $"Get-OdcAssetRevision {A} {filter}")),
        new(Revisions, $"Get-OdcAssetRevision {A} " + string.Join(' ', RevisionFilters)),
        new(Revisions, $"Get-OdcAssetRevision {A} -Tagged:$false"),
        new(Revisions, $"Get-OdcAssetRevision {A} -Descending -First 1 -Skip 2"),
        new(Revisions, $"[pscustomobject]@{{ AssetKey = '{A}'; Revision = 3 }} | Get-OdcAssetRevision"),
    ];

    private static IEnumerable<string> RevisionFilters =>
    [
        "-Tag 1.10.0",
        "-Tagged",
        "-Since '2026-01-02T03:04:05.678'",
        "-Before 2026-03-29",
        "-CommitMessage 'fix & more'",
        $"-ModelDigest {B}",
        "-Embed releaseNote, metadata",
        "-Sort tag",
    ];

    private static IEnumerable<Call> Singles =>
    [
        new(Latest, $"Get-OdcAssetRevision {A} -Latest"),
        new(Latest, $"Get-OdcAssetRevision {A} -Latest -Embed icon, metadata"),
        new(One + "/highest-tag-revision", $"Get-OdcAssetRevision {A} -HighestTag"),
        new(One + "/highest-tag-revision", $"Get-OdcAssetRevision {A} -HighestTag -Embed releaseNote"),
        new(Revision, $"Get-OdcAssetRevision {A} 7"),
        new(Revision, $"Get-OdcAssetRevision {A} -RevisionNumber 7, 8 -Embed signature", Requests: 2),
    ];

    private static IEnumerable<Call> Changes =>
    [
        new(Change, $"Set-OdcAssetRevision {A} 3 -Tag 1.2.0 -ReleaseNote 'new ü' -CommitMessage 'done'") { Body = """{ "tag": "1.2.0", "releaseNotes": "new ü", "commitMessage": "done" }""" },
        new(Change, $"Set-OdcAssetRevision {A} 3 -Tag 1.2.0") { Body = """{ "tag": "1.2.0" }""" },
        new(Change, $"Set-OdcAssetRevision {A} 3 -ReleaseNote $null -CommitMessage ''") { Body = """{ "releaseNotes": null, "commitMessage": null }""" },
        new(Change, $"Set-OdcAssetRevision {A} 3 -ClearTag") { Body = """{ "tag": null }""" },
        new(Change, $"[pscustomobject]@{{ AssetKey = '{A}'; Revision = '3' }} | Set-OdcAssetRevision -CommitMessage x -PassThru") { Body = """{ "commitMessage": "x" }""", Further = [Revision], Writes = Revision },
        new("DELETE " + Base + "/assets/{assetKey}", $"Remove-OdcAsset {A} -Confirm:$false"),
    ];

    private static IEnumerable<Call> Details =>
        from detail in new[] { ("Icon", "icon"), ("Metadata", "metadata"), ("ReleaseNote", "release-notes"), ("Signature", "signature"), ("SourceCode", "source-code") }
        from call in new Call[]
        {
            new($"{Revision}/{detail.Item2}", $"Get-OdcAsset{detail.Item1} {A} 7"),
            new($"{Revision}/{detail.Item2}", $"Get-OdcAsset{detail.Item1} {A}") { Further = [Latest] },
            new($"{Revision}/{detail.Item2}", $"[pscustomobject]@{{ ApplicationKey = '{A}'; AssetRevision = 7 }} | Get-OdcAsset{detail.Item1}"),
        }
        select call;

    private static IEnumerable<Call> Searches =>
    [
        new(Search, $"Find-OdcAssetRevision {A} -HighestTag -Embed icon, metadata")
        {
            Body = $$"""{ "assetVersionFilters": [{ "key": "{{A}}", "isHighestTag": true }], "embeds": ["icon", "metadata"] }""",
        },
        new(Search, $"[pscustomobject]@{{ AssetKey = '{A}'; Revision = '3'; Digest = ''; HighestTag = '' }}, [pscustomobject]@{{ AssetKey = '{B}'; Revision = ''; Digest = '{A}'; HighestTag = 'false' }}, [pscustomobject]@{{ AssetKey = '{B}'; HighestTag = 'true' }} | Find-OdcAssetRevision", PicksFromAnswer: true)
        {
            Body = $$"""{ "assetVersionFilters": [{ "key": "{{A}}", "revision": 3 }, { "key": "{{B}}", "digest": "{{A}}" }, { "key": "{{B}}", "isHighestTag": true }] }""",
        },
    ];
}
