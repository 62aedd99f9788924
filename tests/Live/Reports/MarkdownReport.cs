using System.Text;

namespace OdcPowerShell.Live.Reports;

/// <summary>The report as Markdown, for whoever reads it.</summary>
internal sealed class MarkdownReport(Ledger ledger, IReadOnlyList<Finding> findings, string about, string summary)
{
    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        Line("# A live tenant and OdcPowerShell").Line().Line(about + ".").Line().Line(summary + (ledger.EndedEarly is null ? "" : " The run ended early: " + ledger.EndedEarly));
        Table("Deviations", ["Kind", "Operation", "Path", "Expected", "Found", "By", "Times"], findings.Select(f => new object?[] { f.Kind, f.Operation, f.Path, f.Expected, f.Found, f.Source, ledger.Findings[f] }));
        Table("Open questions", ["", "Question", "State", "Answer"], ledger.Questions.Select(q => new object?[] { q.Number, q.Question, q.State, q.Answer }));
        Table("Measured limits", ["API", "Assumed a minute", "Passed", "429", "Retry-After"], ledger.Limits.Select(l => new object?[] { l.Name, l.Assumed, l.Passed, l.WasReached ? "yes" : "no", l.RetryAfterSeconds }));
        Table("Headers about rates", ["Name"], ledger.RateHeaders.Select(h => new object?[] { h }));
        Table("Own objects", ["What happened"], ledger.Changes.Select(c => new object?[] { c }));
        Table("Operations", ["Operation", "Outcome", "Answers", "Most objects", "Reason"], ledger.Rows.Where(r => r.Requests > 0 || r.Reason is not null)
            .Select(r => new object?[] { r.Operation, r.Outcome, string.Join(", ", r.Answers.Select(a => $"{a.Key}: {a.Value}")), r.MostObjects, r.Reason }));
        return _text.ToString();
    }

    private void Table(string title, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var all = rows.ToList();
        Line().Line("## " + title).Line();
        if (all.Count == 0)
        {
            Line("None.");
            return;
        }

        Line($"| {string.Join(" | ", columns)} |").Line($"|{string.Concat(columns.Select(_ => " --- |"))}");
        foreach (var row in all)
            Line($"| {string.Join(" | ", row.Select(Cell))} |");
    }

    private static string Cell(object? value) => (Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');

    private MarkdownReport Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }
}
