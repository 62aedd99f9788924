using OdcPowerShell.Tenants;

namespace OdcPowerShell.Output.Report;

/// <summary>The time line of the last days.</summary>
/// <param name="report">The report.</param>
/// <param name="privacy">Who did it is personal data.</param>
internal sealed class ChangeSection(TenantReport report, ReportPrivacy privacy) : ReportSection("changes", "Changes")
{
    private readonly TenantPart<OdcChange> _changes = report.Changes!;

    private int Failed => _changes.Items.Count(HasFailed);

    internal override IEnumerable<ReportTile> Tiles => !_changes.IsRead ? [] :
    [
        new ReportTile(
            Id, "Changes", ReportText.Count(_changes.Items.Count), Failed > 0 ? $"in {ReportText.Count(report.Days, "day")}, {ReportText.Count(Failed)} failed" : $"in {ReportText.Count(report.Days, "day")}, none failed",
            Failed > 0 ? Tone.Bad : Tone.Plain),
    ];

    private protected override void WriteContent(HtmlWriter html)
    {
        if (!Read(html, _changes))
            return;
        if (_changes.Items.Count > 0)
            ReportCharts.WriteDays(html, Days(), $"{ReportText.Count(_changes.Items.Count, "change")} in {ReportText.Count(report.Days, "day")}, {(Failed == 0 ? "none" : ReportText.Count(Failed))} of them failed.");
        List<ReportColumn> columns = [new("When (UTC)", IsTime: true), new("Kind", HasChoice: true), "Asset", new("Revision", IsNumber: true), new("Stage", HasChoice: true), new("Status", HasChoice: true), new("Message", IsWide: true)];
        if (privacy.ShowsUsers)
            columns.Add("Who");
        Write(html, new ReportTable("timeline", $"Changes of the last {ReportText.Count(report.Days, "day")}, the newest first", columns, [.. _changes.Items.Select(Row)], $"Nothing changed in the last {ReportText.Count(report.Days, "day")}."));
    }

    private ReportCell[] Row(OdcChange change)
    {
        List<ReportCell> cells =
        [
            ReportCell.Time(change.ChangedAt), change.Kind, change.AssetName ?? change.AssetKey, new ReportCell(VersionTag.Text(change.Revision, change.Tag), change.Revision ?? -1), change.StageName,
            change.Status is null ? "" : new ReportCell("", Mark: Words(change.Status), Tone: HasFailed(change) ? Tone.Bad : change.Status == "Finished" ? Tone.Good : Tone.Info),
            privacy.Hide(change.CommitMessage),
        ];
        if (privacy.ShowsUsers)
            cells.Add(change.Who);
        return [.. cells];
    }

    private List<DayBar> Days()
    {
        var last = report.CreatedAt.UtcDateTime.Date;
        var byDay = _changes.Items.ToLookup(c => (c.ChangedAt ?? report.CreatedAt).UtcDateTime.Date);
        return [.. Enumerable.Range(0, report.Days + 1).Select(i => last.AddDays(i - report.Days)).Select(day => new DayBar(ReportText.Date(new DateTimeOffset(day, TimeSpan.Zero)), byDay[day].Count(), byDay[day].Count(HasFailed)))];
    }

    private static bool HasFailed(OdcChange change) => change.Status is { } status && (Has(status, "Error") || Has(status, "Failed"));

    private static bool Has(string status, string word) => status.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    // FinishedWithError is three words for a reader.
    private static string Words(string status) => string.Concat(status.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(status[i - 1]) ? " " + char.ToLowerInvariant(c) : c.ToString()));
}
