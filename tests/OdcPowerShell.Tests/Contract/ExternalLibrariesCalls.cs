using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The external library generation API.</summary>
internal static class ExternalLibrariesCalls
{
    private const string Base = "/api/external-libraries/v1";
    private const string List = "GET " + Base + "/generation-operations";
    private const string Start = "POST " + Base + "/generation-operations";
    private const string One = List + "/{operationKey}";
    private const string Contents = One + "/contents";
    private const string Log = One + "/log-messages";
    private const string StartDownload = "POST " + Base + "/assets/{assetKey}/revisions/{revision}/source-code-download";
    private const string Download = "GET " + Base + "/assets/{assetKey}/revisions/{revision}/source-code-download/{operationKey}";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;
    private const string Url = "https://storage.example/uploads/1.zip?X-Number=1&X-Signature=abc";

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcExternalLibraryGeneration"),
        new(List, "Get-OdcExternalLibraryGeneration -Status Completed, GenerationError -FileName *.none -Since 2026-01-31 -Before 2026-02-28", PicksFromAnswer: true),
        new(One, $"Get-OdcExternalLibraryGeneration {A}"),
        new(One, $"'{A}', '{B}' | Get-OdcExternalLibraryGeneration", Requests: 2),
        new(Start, $"Start-OdcExternalLibraryGeneration Lib.zip '{Url}'") { Further = [One], Writes = One, Body = $$"""{ "fileName": "Lib.zip", "highCodeBinaryUri": "{{Url}}" }""" },
        new(Start, $"Start-OdcExternalLibraryGeneration -HighCodeBinaryUri '{Url}' -FileName 'ü \"1\".zip'")
        {
            Further = [One], Writes = One, Body = $$"""{ "fileName": "ü \"1\".zip", "highCodeBinaryUri": "{{Url}}" }""",
        },
        new("DELETE " + Base + "/generation-operations/{operationKey}", $"Remove-OdcExternalLibraryGeneration {A} -Confirm:$false"),
        new(Contents, $"Get-OdcExternalLibraryContent {A}") { Rows = Elements },
        new(Contents, $"Get-OdcExternalLibraryContent {A}, {B} -ChangeType Removed", Requests: 2, PicksFromAnswer: true),
        new(Log, $"Get-OdcExternalLibraryGenerationLog {A}") { Rows = answer => answer["validationMessages"]?.AsArray() ?? [] },
        new(StartDownload, $"Start-OdcExternalLibrarySourceDownload {A} 3") { Renamed = Started },
        new(StartDownload, $"[pscustomobject]@{{ LibraryKey = '{A}'; Revision = '3' }} | Start-OdcExternalLibrarySourceDownload") { Renamed = Started },
        new(Download, $"Get-OdcExternalLibrarySourceDownload {A} -Asset {B} -Revision 3"),
        new(Download, $"[pscustomobject]@{{ OperationKey = '{A}'; LibraryKey = '{B}'; Revision = '3' }} | Get-OdcExternalLibrarySourceDownload"),
        new("GET " + Base + "/uploads", "New-OdcUpload -ExternalLibrary"),
    ];

    // Later answers call it the key.
    private static Dictionary<string, string> Started => new() { ["operationKey"] = "key" };

    // A row for each action and parameter, structure and attribute.
    private static IEnumerable<JsonNode?> Elements(JsonNode answer) => Rows(answer["actions"], "parameters").Concat(Rows(answer["structures"], "attributes"));

    private static IEnumerable<JsonNode?> Rows(JsonNode? elements, string parts)
    {
        foreach (var element in elements?.AsArray() ?? [])
        {
            var row = element!.DeepClone().AsObject();
            row.Remove(parts);
            yield return row;
            foreach (var part in element[parts]?.AsArray() ?? [])
                yield return part;
        }
    }
}
