using System.Text.Json;
using OdcPowerShell.Tenants;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Writes outcomes as SARIF 2.1.0, which code scanners and CI systems read.</summary>
internal static class TenantSarif
{
    internal static void Write(Stream stream, string tenant, IReadOnlyList<RuleOutcome> outcomes)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        Sarif.Begin(json, "OdcPowerShell tenant rules");
        foreach (var outcome in outcomes)
            WriteRule(json, outcome);
        Sarif.EndRules(json, $"odc-tenant/{tenant}/");
        var gaps = outcomes.SelectMany(o => o.Of(RuleWords.NotChecked).Select(row => (o.Failures.Count > 0 && row.Missing is null ? "error" : "warning", $"{row.Rule} was not checked: {row.Message}")));
        Sarif.WriteInvocation(json, outcomes.All(o => o.Failures.Count == 0), gaps);
        json.WriteStartArray("results");
        for (var i = 0; i < outcomes.Count; i++)
        {
            foreach (var row in outcomes[i].Rows.Where(row => row.Result is RuleWords.Failed or RuleWords.Excepted))
                WriteResult(json, tenant, row, i);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleOutcome outcome)
    {
        var rule = outcome.Rule;
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Id);
        Sarif.WriteMessage(json, "shortDescription", rule.Title);
        Sarif.WriteMessage(json, "fullDescription", rule.Reason);
        Sarif.WriteMessage(json, "help", rule.Advice);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(outcome.Chosen.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue(rule.Category.ToLowerInvariant());
        json.WriteEndArray();
        json.WriteString("severity", outcome.Chosen.Severity);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, string tenant, OdcTenantFinding row, int index)
    {
        string[] path = [tenant, row.Category!, .. row.StageName is { Length: > 0 } stage ? [stage] : Array.Empty<string>(), string.IsNullOrEmpty(row.Subject) ? row.Rule! : row.Subject!];
        json.WriteStartObject();
        json.WriteString("ruleId", row.Rule);
        json.WriteNumber("ruleIndex", index);
        json.WriteString("level", Level(row.Severity!));
        Sarif.WriteMessage(json, "message", $"{row.Message} {row.Advice} {row.Fix}".Trim());
        Sarif.WriteLocation(json, path, path[path.Length - 1], "object");
        json.WriteStartObject("partialFingerprints");
        json.WriteString("odcTenantRule/v1", string.Join("/", path.Select(Uri.EscapeDataString).Append(row.Rule)));
        json.WriteEndObject();
        json.WriteStartArray("suppressions");
        if (row.Result == RuleWords.Excepted)
        {
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("status", "accepted");
            Sarif.WriteText(json, "justification", row.AcceptedBecause);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("severity", row.Severity);
        Sarif.WriteText(json, "stage", row.StageName);
        Sarif.WriteText(json, "fix", row.Fix);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Level(string severity) => severity switch
    {
        RuleWords.High => "error",
        RuleWords.Medium => "warning",
        _ => "note",
    };
}
