using System.Text.Json;
using static OdcPowerShell.Output.Sarif;

namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Writes findings as SARIF 2.1.0, which code scanners and CI systems read.</summary>
internal static class SarifLog
{
    /// <param name="stream">Where it is written to.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="outcomes">The tested revisions with their findings.</param>
    /// <param name="pattern">Returns the pattern of an id, if it is known.</param>
    internal static void Write(Stream stream, string tenant, IReadOnlyList<QualityOutcome> outcomes, Func<string?, OdcCodePattern?> pattern)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        var findings = outcomes.SelectMany(o => o.Findings.Select(finding => (Outcome: o, Finding: finding))).ToList();
        var rules = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var id in findings.Select(f => f.Finding.PatternId ?? "unknown").Where(id => !rules.ContainsKey(id)))
            rules[id] = rules.Count;
        Begin(json, "OutSystems Developer Cloud code quality");
        foreach (var rule in rules.OrderBy(r => r.Value))
            WriteRule(json, rule.Key, pattern(rule.Key), findings.First(f => string.Equals(f.Finding.PatternId ?? "unknown", rule.Key, StringComparison.OrdinalIgnoreCase)).Finding);
        EndRules(json, $"odc-code-quality/{tenant}/");
        var failed = outcomes.Where(o => o.Failure is not null).ToList();
        WriteInvocation(json, failed.Count == 0, failed.Select(o => ("error", $"{o.What}: {o.Failure!.Message}")));
        json.WriteStartArray("results");
        foreach (var (outcome, finding) in findings)
            WriteResult(json, outcome, finding, rules[finding.PatternId ?? "unknown"]);
        json.WriteEndArray();
        WriteTests(json, outcomes);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, string id, OdcCodePattern? pattern, OdcCodeFinding example)
    {
        var (category, severity) = (pattern?.Category ?? example.Category, pattern?.Severity ?? example.Severity);
        json.WriteStartObject();
        json.WriteString("id", id);
        if (pattern?.Name is { Length: > 0 } name)
            json.WriteString("name", name);
        WriteMessage(json, "shortDescription", pattern?.Name ?? id);
        WriteMessage(json, "fullDescription", Sentences(pattern?.Description, pattern?.Impact) ?? pattern?.Name ?? id);
        if (pattern?.HowToSolve is { Length: > 0 } help)
            WriteMessage(json, "help", help);
        if (Uri.TryCreate(pattern?.DocumentationUrl, UriKind.Absolute, out var address))
            json.WriteString("helpUri", address.AbsoluteUri);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        if (category is not null)
            json.WriteStringValue(category.ToLowerInvariant());
        json.WriteEndArray();
        WriteText(json, "severity", severity);
        // GitHub shows security findings by this number.
        if (string.Equals(category, "security", StringComparison.OrdinalIgnoreCase))
            json.WriteString("security-severity", severity switch { "Critical" => "9.5", "High" => "8.0", "Medium" => "5.5", _ => "3.0" });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, QualityOutcome outcome, OdcCodeFinding finding, int rule)
    {
        var asset = outcome.Result?.AssetName ?? finding.AssetName ?? finding.AssetKey ?? "asset";
        var path = (finding.ElementPath ?? []).Select(e => e.ElementName).Append(finding.ElementName).OfType<string>().Where(name => name.Length > 0).ToList();
        json.WriteStartObject();
        json.WriteString("ruleId", finding.PatternId ?? "unknown");
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Level(finding.Severity));
        WriteMessage(json, "message", $"{finding.PatternName ?? finding.PatternId ?? "A finding"} in {finding.ElementType ?? "element"} {finding.ElementName ?? finding.ElementKey} of {asset}.");
        WriteLocation(json, [.. path.Prepend(asset)], finding.ElementName ?? asset, finding.ElementType);
        // The schema knows GUIDs of the versions 1 to 5 only.
        if (Guid.TryParse(finding.FindingKey, out var key) && key.ToString("D") is var guid && guid[14] is >= '1' and <= '5' && guid[19] is '8' or '9' or 'a' or 'b')
            json.WriteString("guid", guid);
        WriteFingerprints(json, finding);
        WriteSuppression(json, finding);
        json.WriteStartObject("properties");
        WriteText(json, "severity", finding.Severity);
        WriteText(json, "category", finding.Category);
        WriteText(json, "status", finding.Status);
        WriteText(json, "assetKey", finding.AssetKey ?? outcome.Result?.AssetKey);
        json.WriteNumber("revision", outcome.Result?.Revision ?? finding.Revision ?? 0);
        WriteText(json, "discoveredOn", Date(finding.DiscoveredOn));
        WriteText(json, "lastModifiedBy", finding.ElementLastModifiedBy);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The first is the same as long as the service keeps the finding, the second as long as the element has the pattern.
    private static void WriteFingerprints(Utf8JsonWriter json, OdcCodeFinding finding)
    {
        if (finding.FindingKey is not null)
        {
            json.WriteStartObject("fingerprints");
            json.WriteString("odcFinding/v1", finding.FindingKey);
            json.WriteEndObject();
        }

        json.WriteStartObject("partialFingerprints");
        json.WriteString("odcElement/v1", $"{finding.AssetKey}/{finding.PatternId}/{finding.ElementKey ?? finding.ElementName}/{finding.WhereElementKey}");
        json.WriteEndObject();
    }

    private static void WriteSuppression(Utf8JsonWriter json, OdcCodeFinding finding)
    {
        json.WriteStartArray("suppressions");
        if (finding.Status is "Dismissed" or "Snoozed")
        {
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("status", "accepted");
            WriteText(json, "justification", finding.DismissReason ?? (finding.SnoozedUntil is { } until ? $"Snoozed until {Date(until)}" : null));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTests(Utf8JsonWriter json, IReadOnlyList<QualityOutcome> outcomes)
    {
        json.WriteStartObject("properties");
        json.WriteStartArray("tests");
        foreach (var result in outcomes.Select(o => o.Result).OfType<OdcCodeQualityResult>())
        {
            json.WriteStartObject();
            WriteText(json, "asset", result.AssetName);
            WriteText(json, "assetKey", result.AssetKey);
            json.WriteNumber("revision", result.Revision ?? 0);
            json.WriteBoolean("passed", result.Passed);
            if (result.QualityScore is { } score && !double.IsNaN(score) && !double.IsInfinity(score))
                json.WriteNumber("qualityScore", score);
            json.WriteStartArray("reasons");
            foreach (var reason in result.Reasons ?? [])
                json.WriteStringValue(reason);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Level(string? severity) => severity?.ToUpperInvariant() switch
    {
        "CRITICAL" or "HIGH" => "error",
        "LOW" => "note",
        _ => "warning",
    };

    private static string? Sentences(params string?[] texts) => string.Join(" ", texts.Where(t => !string.IsNullOrEmpty(t))) is { Length: > 0 } all ? all : null;
}
