using System.Globalization;
using System.Text;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>The outcome of all rules as a file: JUnit XML with one test case for each rule, SARIF, or a Markdown table.</summary>
/// <exception cref="OdcException">The file can't be written, or has another ending.</exception>
internal sealed class FindingReport(PSCmdlet cmdlet, string path)
{
    private const string Elsewhere = "The rows of the command show the same.";
    private readonly ReportFile _file = new(cmdlet, path, [".xml", ".sarif", ".md"], "Use a file name that ends with .xml for JUnit, .sarif for SARIF, or .md for Markdown.");

    /// <param name="host">The address of the tenant.</param>
    /// <param name="name">The name of the organization; null if it is not known.</param>
    /// <param name="outcomes">The outcomes.</param>
    /// <exception cref="OdcException">The file can't be written.</exception>
    internal FindingReport Write(string host, string? name, IReadOnlyList<RuleOutcome> outcomes)
    {
        var tenant = string.IsNullOrWhiteSpace(name) ? host : $"{name} ({host})";
        if (_file.Ending == ".md")
            _file.WriteText(FindingMarkdown.Of(tenant, outcomes), Elsewhere);
        else if (_file.Ending == ".xml")
            _file.Write(stream => WriteXml(stream, tenant, outcomes), Elsewhere);
        else
            _file.Write(stream => TenantSarif.Write(stream, host, outcomes), Elsewhere);
        return this;
    }

    private static void WriteXml(Stream stream, string tenant, IReadOnlyList<RuleOutcome> outcomes)
    {
        using var xml = JUnit.Begin(stream, $"Rules of {tenant}");
        foreach (var suite in outcomes.GroupBy(o => o.Rule.Category, StringComparer.Ordinal))
        {
            JUnit.BeginSuite(xml, suite.Key, suite.Count(), suite.Count(o => Kind(o) == "failure"), suite.Count(o => Kind(o) == "error"), suite.Count(o => Kind(o) == "skipped"), seconds: 0);
            foreach (var outcome in suite)
            {
                var rows = outcome.Rows.Where(row => row.Result is RuleWords.Failed or RuleWords.NotChecked).ToList();
                JUnit.WriteCase(
                    xml, suite.Key, $"{outcome.Rule.Id}: {outcome.Rule.Title}", seconds: 0, Kind(outcome), RuleSummary.Of(outcome),
                    Kind(outcome) switch { "failure" => outcome.Chosen.Severity, "error" => "Odc" + outcome.Failures[0].Cause, _ => null },
                    string.Join("\n", rows.Select(row => $"{row.Result}: {row.Message}{(row.Fix is null ? "" : $"\n    {row.Fix}")}")));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string? Kind(RuleOutcome outcome) => outcome.Result switch
    {
        RuleWords.Failed => "failure",
        RuleWords.NotChecked => outcome.Failures.Count > 0 ? "error" : "skipped",
        _ => null,
    };
}

/// <summary>Outcomes in a sentence.</summary>
internal static class RuleSummary
{
    internal static string Of(IReadOnlyList<RuleOutcome> outcomes)
    {
        var (failed, excepted) = (outcomes.Sum(o => o.Of(RuleWords.Failed).Count()), outcomes.Sum(o => o.Of(RuleWords.Excepted).Count()));
        return $"{RuleText.Count(outcomes.Count, "rule")}: {Count(outcomes, RuleWords.Passed)} passed, {Count(outcomes, RuleWords.Failed)} failed with {RuleText.Count(failed, "finding")}, {Count(outcomes, RuleWords.NotChecked)} not checked, {RuleText.Count(excepted, "finding")} excepted.";
    }

    internal static string Of(RuleOutcome outcome)
    {
        var (failed, gaps) = (outcome.Of(RuleWords.Failed).Count(), outcome.Of(RuleWords.NotChecked).ToList());
        return (failed, gaps.Count) switch
        {
            (0, 0) => "Nothing breaks the rule.",
            (0, _) => $"Not checked: {gaps[0].Message}",
            (_, 0) => RuleText.Count(failed, "finding") + ".",
            _ => $"{RuleText.Count(failed, "finding")}; a part was not checked: {gaps[0].Message}",
        };
    }

    private static string Count(IReadOnlyList<RuleOutcome> outcomes, string result) => outcomes.Count(o => o.Result == result).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Outcomes as a Markdown table, for the comment of a pull request.</summary>
internal static class FindingMarkdown
{
    internal static string Of(string tenant, IReadOnlyList<RuleOutcome> outcomes)
    {
        var text = new StringBuilder();
        text.Append("## Rules of ").Append(Markdown.Escape(tenant)).Append("\n\n").Append(Markdown.Escape(RuleSummary.Of(outcomes))).Append('\n');
        var rows = outcomes.SelectMany(o => o.Rows).Where(row => row.Result != RuleWords.Passed).ToList();
        if (rows.Count > 0)
        {
            text.Append("\n| Severity | Result | Rule | Object | Message | Fix |\n| --- | --- | --- | --- | --- | --- |\n");
            foreach (var row in rows)
            {
                var message = row.AcceptedBecause is { } reason ? $"{row.Message} Accepted: {reason}" : row.Message;
                var fix = row.Fix is { } command ? $"<code>{Markdown.Escape(command)}</code>" : Markdown.Escape(row.Missing is null ? "" : row.Advice);
                text.Append("| ").Append(string.Join(" | ", Markdown.Escape(row.Severity), Markdown.Escape(row.Result), Markdown.Escape(row.Rule), Markdown.Escape(row.ObjectName), Markdown.Escape(message), fix)).Append(" |\n");
            }
        }

        return text.ToString();
    }
}
