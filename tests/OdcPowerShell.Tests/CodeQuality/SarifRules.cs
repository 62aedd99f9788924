using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Tests.CodeQuality;

/// <summary>What the schema of SARIF 2.1.0 requires of the parts that the module writes: required members, those that are allowed, enumerations and forms.</summary>
internal static partial class SarifRules
{
    private static readonly string[] Levels = ["none", "note", "warning", "error"];

    internal static IEnumerable<string> FaultsOf(JsonNode log) =>
    [
        .. Members(log, "log", ["version", "runs"], ["$schema", "inlineExternalProperties", "properties"]),
        .. log["version"]?.ToString() == "2.1.0" ? Array.Empty<string>() : ["version is not 2.1.0"],
        .. log["runs"] is JsonArray { Count: > 0 } runs ? runs.SelectMany(run => Run(run!)) : ["there is no run"],
    ];

    private static IEnumerable<string> Run(JsonNode run)
    {
        var rules = run["tool"]?["driver"]?["rules"]?.AsArray() ?? [];
        return
        [
            .. Members(run, "run", ["tool"], ["invocations", "results", "automationDetails", "properties", "columnKind"]),
            .. Members(run["tool"], "tool", ["driver"], ["extensions", "properties"]),
            .. Members(run["tool"]?["driver"], "driver", ["name"], ["organization", "version", "informationUri", "rules", "properties"]),
            .. rules.SelectMany(rule => Rule(rule!)),
            .. rules.GroupBy(r => r!["id"]?.ToString()).Where(g => g.Count() > 1).Select(g => $"rule {g.Key} is there twice"),
            .. run["automationDetails"] is { } details ? Members(details, "automationDetails", [], ["id", "guid", "correlationGuid", "description", "properties"]) : [],
            .. (run["invocations"]?.AsArray() ?? []).SelectMany(i => Invocation(i!)),
            .. (run["results"]?.AsArray() ?? []).SelectMany(result => Result(result!, rules)),
        ];
    }

    private static IEnumerable<string> Rule(JsonNode rule) =>
    [
        .. Members(rule, "rule", ["id"], ["name", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration", "properties", "messageStrings"]),
        .. new[] { "shortDescription", "fullDescription", "help" }.Where(name => rule[name] is not null).SelectMany(name => Members(rule[name], name, ["text"], ["markdown", "properties"])),
        .. rule["helpUri"] is { } uri && !Uri.IsWellFormedUriString(uri.ToString(), UriKind.Absolute) ? [$"helpUri {uri}"] : Array.Empty<string>(),
        .. rule["defaultConfiguration"] is { } configuration ? [.. Members(configuration, "defaultConfiguration", [], ["enabled", "level", "rank", "properties"]), .. Level(configuration)] : Array.Empty<string>(),
        .. Tags(rule["properties"]),
    ];

    private static IEnumerable<string> Invocation(JsonNode invocation) =>
    [
        .. Members(invocation, "invocation", ["executionSuccessful"], ["startTimeUtc", "endTimeUtc", "toolExecutionNotifications", "properties"]),
        .. invocation["endTimeUtc"] is { } end && !Moment().IsMatch(end.ToString()) ? [$"endTimeUtc {end}"] : Array.Empty<string>(),
        .. (invocation["toolExecutionNotifications"]?.AsArray() ?? []).SelectMany(n => Members(n, "notification", ["message"], ["level", "properties"]).Concat(Level(n!)).Concat(Message(n!))),
    ];

    private static IEnumerable<string> Result(JsonNode result, JsonArray rules) =>
    [
        .. Members(
            result, "result", ["message"], ["ruleId", "ruleIndex", "level", "locations", "guid", "fingerprints", "partialFingerprints", "suppressions", "properties", "kind", "baselineState"]),
        .. Message(result), .. Level(result), .. Tags(result["properties"]),
        .. result["ruleIndex"] is { } index && ((int)index >= rules.Count || rules[(int)index]!["id"]!.ToString() != result["ruleId"]?.ToString()) ? ["ruleIndex is of another rule"] : Array.Empty<string>(),
        .. result["guid"] is { } guid && !Guid().IsMatch(guid.ToString()) ? [$"guid {guid}"] : Array.Empty<string>(),
        .. (result["locations"]?.AsArray() ?? []).SelectMany(l => Location(l!)),
        .. new[] { "fingerprints", "partialFingerprints" }.Where(n => result[n] is JsonObject o && o.Any(m => m.Value?.GetValueKind() != System.Text.Json.JsonValueKind.String)).Select(n => $"{n} has another value than a text"),
        .. (result["suppressions"]?.AsArray() ?? []).SelectMany(s => Members(s, "suppression", ["kind"], ["status", "justification", "guid", "location", "properties"])
            .Concat(s!["kind"]?.ToString() is "inSource" or "external" && s["status"]?.ToString() is null or "accepted" or "underReview" or "rejected" ? [] : ["suppression"])),
    ];

    private static IEnumerable<string> Location(JsonNode location) =>
    [
        .. Members(location, "location", [], ["id", "physicalLocation", "logicalLocations", "message", "annotations", "relationships", "properties"]),
        .. Members(location["physicalLocation"], "physicalLocation", ["artifactLocation"], ["region", "contextRegion", "address", "properties"]),
        .. Members(location["physicalLocation"]?["artifactLocation"], "artifactLocation", ["uri"], ["uriBaseId", "index", "description", "properties"]),
        .. Uri.IsWellFormedUriString(location["physicalLocation"]?["artifactLocation"]?["uri"]?.ToString(), UriKind.Relative) ? Array.Empty<string>() : ["uri"],
        .. (int?)location["physicalLocation"]?["region"]?["startLine"] > 0 ? Array.Empty<string>() : ["startLine"],
        .. (location["logicalLocations"]?.AsArray() ?? []).SelectMany(l => Members(l, "logicalLocation", [], ["name", "index", "fullyQualifiedName", "decoratedName", "parentIndex", "kind", "properties"])),
    ];

    private static IEnumerable<string> Message(JsonNode owner) =>
        [.. Members(owner["message"], "message", [], ["text", "markdown", "id", "arguments", "properties"]), .. owner["message"]?["text"]?.ToString() is { Length: > 0 } ? Array.Empty<string>() : ["a message has no text"]];

    private static IEnumerable<string> Level(JsonNode owner) => owner["level"] is { } level && !Levels.Contains(level.ToString()) ? [$"level {level}"] : [];

    // The only member of a property bag that has a form: tags are texts, each once.
    private static IEnumerable<string> Tags(JsonNode? bag) => bag?["tags"] is JsonArray tags && tags.Select(t => t!.ToString()).Distinct().Count() != tags.Count ? ["a tag is there twice"] : [];

    private static IEnumerable<string> Members(JsonNode? node, string what, string[] required, string[] allowed)
    {
        if (node is not JsonObject members)
            return [$"{what} is not an object"];
        return required.Where(name => members[name] is null).Select(name => $"{what} has no {name}")
            .Concat(members.Where(m => !required.Contains(m.Key) && !allowed.Contains(m.Key)).Select(m => $"{what} has {m.Key}"))
            .Concat(members.Where(m => m.Value is null).Select(m => $"{what}.{m.Key} is null"));
    }

    [GeneratedRegex("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Guid();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Moment();
}
