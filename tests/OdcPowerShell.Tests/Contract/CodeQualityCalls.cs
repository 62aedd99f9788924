using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The code quality API.</summary>
internal static class CodeQualityCalls
{
    private const string Base = "/api/code-quality/v1";
    private const string Analysis = "GET " + Base + "/code-analyses/{analysisKey}";
    private const string Start = "POST " + Base + "/code-analyses";
    private const string Findings = "GET " + Base + "/findings";
    private const string Metrics = "GET " + Base + "/assets-quality-metrics";
    private const string Summary = "GET " + Base + "/assets/{assetKey}/revisions/{revision}/analysis-summary";
    private const string Counts = "GET " + Base + "/findings-summary";
    private const string Trend = "GET " + Base + "/findings-trend";
    private const string Patterns = "GET " + Base + "/patterns";
    private const string Status = "GET " + Base + "/analysis-status";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;
    private const string Common = "-Category Security, performance -Severity critical, High -Since '2026-01-31T18:00+02:00' -To ([datetimeoffset]'2026-02-28T12:00:00Z') -Portfolio " + B;
    private const string OfAssets = $"-Asset {A}, {B} -AssetType WebApplication -ScoreRange 0-49, 50-84";

    internal static IEnumerable<Call> All { get; } = [.. Analyses, .. Lists, .. Numbers, .. Others];

    private static IEnumerable<Call> Analyses =>
    [
        new(Analysis, $"Get-OdcCodeAnalysis {A}"),
        new(Analysis, $"'{A}', '{B}' | Get-OdcCodeAnalysis", Requests: 2),
        new(Start, $"Start-OdcCodeAnalysis {A} 3") { Body = $$"""{ "assetKey": "{{A}}", "assetRevision": 3 }""" },
        new(Start, $"[pscustomobject]@{{ ApplicationKey = '{A}'; AssetRevision = '7' }} | Start-OdcCodeAnalysis") { Body = $$"""{ "assetKey": "{{A}}", "assetRevision": 7 }""" },
        new(Summary, $"Get-OdcCodeAnalysisSummary {A} 7") { Rows = WithKey },
        new(Summary, $"[pscustomobject]@{{ AssetKey = '{A}'; RevisionNumber = 7 }} | Get-OdcCodeAnalysisSummary"),
        // The summary of a sample has no numbers, so that no limit is kept.
        new(Summary, $"Test-OdcCodeQuality {A} 7 -ErrorOnFailure", PicksFromAnswer: true) { Further = [AssetRepositoryCalls.List], Refusal = "OdcOperationFailed" },
    ];

    private static IEnumerable<Call> Lists =>
    [
        new(Findings, "Get-OdcCodeFinding"),
        new(Findings, $"Get-OdcCodeFinding {A}, {B} {Common}"),
        new(Findings, $"'{A}', '{B}' | Get-OdcCodeFinding -Status open, Resolved -AssetType WebApplication, MobileLibrary -Pattern 'SEC & 1', {A} -CreatedBy {A}, {B} -Latest"),
        new(Findings, "Get-OdcCodeFinding -Field id, Severity, elementName -Sort elementName, -discoveredOn -First 3 -Skip 2"),
        new(Findings, "Get-OdcCodeFinding -Descending -PageSize 50"),
        new(Metrics, "Get-OdcCodeQualityMetric"),
        new(Metrics, $"Get-OdcCodeQualityMetric {OfAssets} {Common} -Status Open, snoozed -Sort AssetName, -Score -First 3 -Skip 2"),
        new(Patterns, "Get-OdcCodePattern"),
        new(Patterns, "Get-OdcCodePattern -First 3 -Skip 2"),
        new(Patterns, "Get-OdcCodePattern 'Query & ü'", PicksFromAnswer: true),
        new(Patterns + "/{patternId}", "Get-OdcCodePattern -PatternId 'SEC/1 ü'") { Rows = answer => answer["results"]!.AsArray().Take(1) },
        new(Patterns + "/{patternId}", "[pscustomobject]@{ PatternId = 'a' }, [pscustomobject]@{ PatternId = 'b' }, [pscustomobject]@{ PatternId = 'A' } | Get-OdcCodePattern", Requests: 2),
    ];

    private static IEnumerable<Call> Numbers =>
    [
        new(Counts, "Get-OdcCodeFindingSummary") { Rows = Rows },
        new(Counts, $"Get-OdcCodeFindingSummary {OfAssets} {Common} -GroupBy severity -IncludeChange"),
        new(Trend, "Get-OdcCodeFindingTrend"),
        new(Trend, $"Get-OdcCodeFindingTrend {OfAssets} {Common} -First 3 -Skip 2"),
    ];

    private static IEnumerable<Call> Others =>
    [
        new(Status, "Get-OdcCodeQualityStatus") { Rows = answer => answer["result"] is { } status ? [status] : [] },
        new(Status, $"Get-OdcCodeQualityStatus {A}"),
    ];

    // Where the answer has no key, it is the one that was asked for.
    private static IEnumerable<JsonNode?> WithKey(JsonNode answer)
    {
        if (answer["assetKey"] is null)
            answer.AsObject().Remove("assetKey");
        return [answer];
    }

    // In a sample the groups are its unknown members. Only a number is one of findings; without any group, there is the total.
    private static IEnumerable<JsonNode?> Rows(JsonNode answer)
    {
        var groups = answer["results"]?.AsObject().Where(m => m.Value?.GetValueKind() == System.Text.Json.JsonValueKind.Number).ToList() ?? [];
        return groups.Select(m => new JsonObject { ["category"] = m.Key, ["findingCount"] = m.Value!.DeepClone() });
    }
}
