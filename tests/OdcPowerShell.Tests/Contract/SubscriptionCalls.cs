using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The subscription API.</summary>
internal static class SubscriptionCalls
{
    private const string Base = "/api/subscription/v1";
    private const string Organization = "GET " + Base + "/organization/entitlements";
    private const string OrganizationUsage = Organization + "/usage";
    private const string OfStage = "GET " + Base + "/environments/{environmentKey}/entitlements";
    private const string StageUsage = OfStage + "/usage";
    private const string AssetUsage = StageUsage + "/by-asset";
    private const string Configuration = "GET " + Base + "/organization/configurations";
    private const string Change = "PATCH " + Base + "/organization/configurations";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;

    internal static IEnumerable<Call> All { get; } =
    [
        new(Organization, "Get-OdcSubscription"),
        new(Organization, "Get-OdcEntitlement") { Rows = answer => Items(answer, "entitlements") },
        new(Organization, "Get-OdcEntitlement -AddOn") { Rows = answer => Items(answer, "addons") },
        new(OfStage, $"Get-OdcEntitlement {A}") { Rows = answer => Items(answer, "entitlements") },
        new(OfStage, $"[pscustomobject]@{{ EnvironmentKey = [guid]'{A}' }} | Get-OdcEntitlement -AddOn") { Rows = answer => Items(answer, "addons") },
        .. Usage(OrganizationUsage, ""),
        .. Usage(StageUsage, $" -Stage {A}"),
        new(StageUsage, $"Get-OdcEntitlementUsage {A}, {B} -Point", Requests: 2),
        new(AssetUsage, $"Get-OdcAssetUsage {A}") { Rows = Assets },
        .. AssetFilters.Select(filter => new Call(AssetUsage, $"Get-OdcAssetUsage {A} {filter}")),
        new(AssetUsage, $"Get-OdcAssetUsage {A} {string.Join(' ', AssetFilters)} -First 2 -Skip 1"),
        new(AssetUsage, $"'{A}', '{B}' | Get-OdcAssetUsage", Requests: 2),
        new(Configuration, "Get-OdcSubscriptionConfiguration"),
        new(Change, "Set-OdcSubscriptionConfiguration acme.com, münchen.example, ACME.com -Confirm:$false")
        {
            Body = """{ "areAllEmailDomainsInternal": false, "internalEmailDomains": ["acme.com", "münchen.example"] }""",
        },
        new(Change, "Set-OdcSubscriptionConfiguration -InternalEmailDomain acme.com -PassThru -Confirm:$false")
        {
            Body = """{ "areAllEmailDomainsInternal": false, "internalEmailDomains": ["acme.com"] }""", Further = [Configuration], Writes = Configuration,
        },
        new(Change, "Set-OdcSubscriptionConfiguration -AllDomainsInternal -Confirm:$false") { Body = """{ "areAllEmailDomainsInternal": true, "internalEmailDomains": [] }""", Further = [Configuration] },
    ];

    private static IEnumerable<string> AssetFilters =>
    [
        "-Entitlement applicationObjects, maxComputeReplicas", $"-Asset {A}, {B}", "-AssetName *order*", "-DetailKey 17", "-DetailName 'ü +'",
        "-Since '2026-01-31T18:00+02:00' -To 2026-02-28", "-Aggregation Max, P95", "-Sort +applicationObjects, -maxComputeReplicas, agentExecutions",
    ];

    private static IEnumerable<Call> Usage(string operation, string stage)
    {
        string[] filters =
        [
            "-Granularity MONTH", "-Since 2026-01-31 -To ([datetimeoffset]'2026-02-28T12:00:00Z')", "-Entitlement internalUsers, externalUsers", "-Aggregation total, p90", $"-Asset {A}, {B}",
        ];
        return [new(operation, $"Get-OdcEntitlementUsage{stage}"), .. filters.Append(string.Join(' ', filters)).Select(filter => new Call(operation, $"Get-OdcEntitlementUsage{stage} {filter}"))];
    }

    private static IEnumerable<JsonNode?> Items(JsonNode answer, string member) => answer[member]?.AsArray() ?? [];

    // A row for each asset of each entitlement, those of an asset one after the other.
    private static IEnumerable<JsonNode?> Assets(JsonNode answer) => answer["results"]!.AsArray()
        .SelectMany(block => (block!["assets"]?.AsArray() ?? []).Select(asset => Row(block, asset!))).GroupBy(row => (string?)row["assetKey"]).SelectMany(rows => rows);

    private static JsonObject Row(JsonNode block, JsonNode asset)
    {
        var row = asset.DeepClone().AsObject();
        foreach (var (name, value) in block.AsObject().Where(member => member.Key is not ("id" or "name" or "aggregation" or "assets") && !row.ContainsKey(member.Key)))
            row[name] = value?.DeepClone();
        return row;
    }
}
