using System.Text.Json.Nodes;

namespace OdcPowerShell.Live.Reports;

/// <summary>
/// The report of a run, which can be sent to anyone: operations, statuses, counts, names of members, and the run's own words. It has no value of
/// the tenant, and neither its address nor that of the API client.
/// </summary>
internal sealed class LiveReport(Ledger ledger, LiveOptions options, int specifications, DateTimeOffset at)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The result in a line, as the console shows it.</summary>
    internal string Summary =>
        FormattableString.Invariant($"{Count("answered")} of {ledger.Rows.Count} operations answered, {ledger.Rows.Sum(r => r.Requests)} requests, {ledger.Findings.Count} deviations. ")
        + FormattableString.Invariant($"Not checked because a permission is missing: {Count("permission missing")} operations. Failed: {Count("failed")} operations.")
        + (ledger.Findings.Keys.Any(f => f.Kind == Deviation.NotRemoved) ? $" Not all own objects are known to be removed: look for {Changes.OwnObjects.Prefix}… in the portal." : "");

    internal static string Version => typeof(OdcClient).Assembly.GetName().Version!.ToString(3);

    internal string ToJson() => new JsonObject
    {
        ["module"] = Version,
        ["date"] = at.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["mode"] = Mode,
        ["specifications"] = specifications,
        ["endedEarly"] = ledger.EndedEarly,
        ["operations"] = List(ledger.Rows.Where(r => r.Requests > 0 || r.Reason is not null), r => new JsonObject
        {
            ["operation"] = r.Operation,
            ["outcome"] = r.Outcome,
            ["requests"] = r.Requests,
            ["answers"] = new JsonObject(r.Answers.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value))),
            ["mostObjects"] = r.MostObjects,
            ["longestMilliseconds"] = Math.Round(r.Longest.TotalMilliseconds),
            ["reason"] = r.Reason,
        }),
        ["deviations"] = List(Ordered, f => new JsonObject
        {
            ["kind"] = f.Kind.ToString(),
            ["operation"] = f.Operation,
            ["path"] = f.Path,
            ["expected"] = f.Expected,
            ["found"] = f.Found,
            ["source"] = f.Source,
            ["times"] = ledger.Findings[f],
        }),
        ["questions"] = List(ledger.Questions, q => new JsonObject { ["number"] = q.Number, ["question"] = q.Question, ["state"] = q.State, ["answer"] = q.Answer }),
        ["limits"] = List(ledger.Limits, l => new JsonObject
        {
            ["name"] = l.Name, ["assumed"] = l.Assumed, ["passed"] = l.Passed, ["wasReached"] = l.WasReached, ["retryAfterSeconds"] = l.RetryAfterSeconds,
        }),
        ["rateHeaders"] = List(ledger.RateHeaders, h => JsonValue.Create(h)),
        ["changes"] = List(ledger.Changes, c => JsonValue.Create(c)),
    }.ToJsonString(Indented);

    internal string ToMarkdown() => new MarkdownReport(ledger, Ordered, $"OdcPowerShell {Version}, {Mode}, {(specifications == 0 ? "without specifications" : $"{specifications} specified operations")}", Summary).ToString();

    /// <summary>Writes both files; returns their paths.</summary>
    internal async Task<IReadOnlyList<string>> WriteAsync()
    {
        Directory.CreateDirectory(options.Report);
        var (json, markdown) = (Path.Combine(options.Report, "live-report.json"), Path.Combine(options.Report, "live-report.md"));
        await File.WriteAllTextAsync(json, ToJson() + "\n");
        await File.WriteAllTextAsync(markdown, ToMarkdown());
        return [json, markdown];
    }

    private int Count(string outcome) => ledger.Rows.Count(r => r.Outcome == outcome);

    private string Mode => (options.AllowChanges ? "with changes of its own objects" : "read-only") + (options.MeasureLimits ? ", limits measured" : "");

    private IReadOnlyList<Finding> Ordered => [.. ledger.Findings.Keys.OrderBy(f => f.Operation, StringComparer.Ordinal).ThenBy(f => f.Kind).ThenBy(f => f.Path, StringComparer.Ordinal)];

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => [.. items.Select(node)];
}
