namespace OdcPowerShell.Output.Report;

/// <summary>A finding of a check, as Test-OdcTenant writes it, or a row with the same columns.</summary>
internal sealed record ReportFinding(string Rule, string Severity, string Result, string Subject, string Stage, string Message, string Advice, string Fix, string AcceptedBecause = "")
{
    private const int Excepted = 1;
    private const int Unchecked = 2;
    private const int Low = 3;
    private const int Medium = 4;
    private const int High = 5;

    /// <summary>The host name of the tenant; empty in rows that don't show it.</summary>
    internal string Tenant { get; init; } = "";

    /// <summary>The finding; null for an object that is none.</summary>
    internal static ReportFinding? Of(object value)
    {
        var row = PSObject.AsPSObject(value);
        if (row.Properties["Rule"] is null || row.Properties["Message"] is null)
            return null;
        var stage = Text("Stage");
        return new ReportFinding(Text("Rule"), Text("Severity"), Text("Result"), Text("Subject"), stage.Length > 0 ? stage : Text("StageName"), Text("Message"), Text("Advice"), Text("Fix"), Text("AcceptedBecause")) { Tenant = Text("Tenant") };

        string Text(string name) => row.Properties[name]?.Value is { } found ? LanguagePrimitives.ConvertTo<string>(found) : "";
    }

    /// <summary>How much it matters: 0 for what passed. A result that is not known counts by its severity.</summary>
    internal int Rank => Is(Result, "Passed", "Pass") ? 0
        : Is(Result, "Excepted") ? Excepted
        : Is(Result, "NotChecked") ? Unchecked
        : Is(Severity, "High", "Critical") ? High
        : Is(Severity, "Low", "Info") ? Low : Medium;

    internal bool IsOpen => Rank > Unchecked;

    internal bool IsHigh => Rank == High;

    internal bool IsUnchecked => Rank == Unchecked;

    internal Tone Tone => Rank switch
    {
        0 => Tone.Good,
        Medium => Tone.Warn,
        High => Tone.Bad,
        _ => Tone.Info,
    };

    /// <summary>What the figures call findings of a rank.</summary>
    internal static string NameOf(int rank) => rank switch
    {
        0 => "Passed",
        Excepted => "Excepted",
        Unchecked => "Not checked",
        Low => "Low",
        Medium => "Medium",
        _ => "High",
    };

    /// <summary>The severity of what is open, and the result of all else.</summary>
    internal string Mark => !IsOpen ? NameOf(Rank) : Severity.Length > 0 ? Severity : Result;

    private static bool Is(string value, params string[] words) => words.Contains(value, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The findings that were piped in; null where no check was run.</summary>
internal sealed class FindingSection(IReadOnlyList<ReportFinding>? findings, ReportPrivacy privacy) : ReportSection("findings", "Findings")
{
    private IReadOnlyList<ReportFinding> Open => [.. (findings ?? []).Where(f => f.IsOpen)];

    internal override IEnumerable<ReportTile> Tiles
    {
        get
        {
            if (findings is null)
                yield break;
            var (bad, notChecked) = (findings.Count(f => f.IsHigh), findings.Count(f => f.IsUnchecked));
            yield return new ReportTile(
                Id, "Findings", ReportText.Count(Open.Count), $"{ReportText.Count(bad)} of high severity{(notChecked > 0 ? $", {ReportText.Count(notChecked)} not checked" : "")}",
                bad > 0 ? Tone.Bad : Open.Count > 0 ? Tone.Warn : notChecked > 0 ? Tone.Info : Tone.Good);
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
            WriteFigures(html, findings.GroupBy(f => f.Rank).OrderByDescending(g => g.Key).Select(g => (ReportFinding.NameOf(g.Key), ReportText.Count(g.Count()))));
        Write(html, new ReportTable(
            "advice", "Findings, the most severe first",
            [new("Finding", IsWide: true), new("Severity", HasChoice: true), new("Rule", HasChoice: true), "Subject", new("Stage", HasChoice: true), new("What to do", IsWide: true)],
            [
                .. findings.OrderByDescending(f => f.Rank).ThenBy(f => f.Rule, StringComparer.OrdinalIgnoreCase).ThenBy(f => f.Subject, StringComparer.OrdinalIgnoreCase).Select(f => new ReportCell[]
                {
                    privacy.Hide(f.Message, f.Subject), new("", f.Rank, f.Mark, f.Tone), f.Rule, privacy.Subject(f.Subject), f.Stage,
                    WhatToDo(f),
                }),
            ],
            "The checks found nothing."));
    }

    // A command without its user does nothing.
    private string WhatToDo(ReportFinding finding) => finding.Rank == 0 ? ""
        : finding.AcceptedBecause.Length > 0 ? "Accepted: " + privacy.Hide(finding.AcceptedBecause, finding.Subject)
        : string.Join(" ", new[] { privacy.Hide(finding.Advice, finding.Subject), privacy.Hide(finding.Fix, finding.Subject) == finding.Fix ? finding.Fix : "" }.Where(t => t.Length > 0));
}
