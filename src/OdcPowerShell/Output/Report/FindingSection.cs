namespace OdcPowerShell.Output.Report;

/// <summary>A finding of a check, as Test-OdcTenant writes it, or a row with the same columns.</summary>
internal sealed record ReportFinding(string Rule, string Severity, string Result, string Subject, string Stage, string Message, string Advice, string Fix)
{
    /// <summary>The finding; null for an object that is none.</summary>
    internal static ReportFinding? Of(object value)
    {
        var row = PSObject.AsPSObject(value);
        if (row.Properties["Rule"] is null || row.Properties["Message"] is null)
            return null;
        return new ReportFinding(Text("Rule"), Text("Severity"), Text("Result"), Text("Subject"), Text("Stage"), Text("Message"), Text("Advice"), Text("Fix"));

        string Text(string name) => row.Properties[name]?.Value is { } found ? LanguagePrimitives.ConvertTo<string>(found) : "";
    }

    /// <summary>How bad it is: 0 for what passed.</summary>
    internal int Rank => Is(Result, "Pass", "Passed", "OK", "Good") ? 0
        : Is(Result, "NotChecked", "NotRead", "Skipped", "Unknown", "NotRun") ? 1
        : Is(Severity, "Critical", "High", "Error") ? 4
        : Is(Severity, "Low", "Info", "Information", "Note") ? 2 : 3;

    internal Tone Tone => Rank switch
    {
        0 => Tone.Good,
        4 => Tone.Bad,
        3 => Tone.Warn,
        _ => Tone.Info,
    };

    private static bool Is(string value, params string[] words) => words.Contains(value, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The findings that were piped in; null where no check was run.</summary>
internal sealed class FindingSection(IReadOnlyList<ReportFinding>? findings, ReportPrivacy privacy) : ReportSection("findings", "Findings")
{
    private IReadOnlyList<ReportFinding> Open => [.. (findings ?? []).Where(f => f.Rank > 1)];

    internal override IEnumerable<ReportTile> Tiles
    {
        get
        {
            if (findings is null)
                yield break;
            var (bad, unchecked_) = (findings.Count(f => f.Rank == 4), findings.Count(f => f.Rank == 1));
            yield return new ReportTile(
                Id, "Findings", ReportText.Count(Open.Count), $"{ReportText.Count(bad)} of high severity{(unchecked_ > 0 ? $", {ReportText.Count(unchecked_)} not checked" : "")}",
                bad > 0 ? Tone.Bad : Open.Count > 0 ? Tone.Warn : unchecked_ > 0 ? Tone.Info : Tone.Good);
        }
    }

    private protected override void WriteContent(HtmlWriter html)
    {
        if (findings is null)
        {
            html.Open("p", ("class", "unread")).Element("strong", "Not run: ").Text("no check was run for this report. Pipe findings in: ").Element("code", "Test-OdcTenant | Export-OdcReport -Path report.html").Close("p").Line();
            return;
        }

        if (findings.Count > 0)
            WriteFigures(html, findings.GroupBy(f => f.Rank).OrderByDescending(g => g.Key).Select(g => (NameOf(g.Key), ReportText.Count(g.Count()))));
        Write(html, new ReportTable(
            "advice", "Findings, the most severe first",
            [new("Finding", IsWide: true), new("Severity", HasChoice: true), new("Rule", HasChoice: true), "Subject", new("Stage", HasChoice: true), new("What to do", IsWide: true)],
            [
                .. findings.OrderByDescending(f => f.Rank).ThenBy(f => f.Rule, StringComparer.OrdinalIgnoreCase).ThenBy(f => f.Subject, StringComparer.OrdinalIgnoreCase).Select(f => new ReportCell[]
                {
                    privacy.Hide(f.Message, f.Subject), new("", f.Rank, f.Rank < 2 ? f.Result : f.Severity.Length > 0 ? f.Severity : f.Result, f.Tone), f.Rule, privacy.Subject(f.Subject), f.Stage,
                    f.Rank == 0 ? "" : string.Join(" ", new[] { privacy.Hide(f.Advice, f.Subject), privacy.Hide(f.Fix, f.Subject) == f.Fix ? f.Fix : "" }.Where(t => t.Length > 0)),
                }),
            ],
            "The checks found nothing."));
    }

    private static string NameOf(int rank) => rank switch
    {
        0 => "Passed",
        1 => "Not checked",
        2 => "Low",
        3 => "Medium",
        _ => "High",
    };
}
