using OdcPowerShell.Tenants;

namespace OdcPowerShell.Output.Report;

/// <summary>What is used of the entitlements of the organization and of each stage.</summary>
internal sealed class UsageSection(IReadOnlyList<TenantPart<OdcEntitlement>> parts) : ReportSection("usage", "Usage")
{
    private const double Much = 80;
    private const double All = 100;

    private IEnumerable<OdcEntitlement> Entitlements => parts.SelectMany(p => p.Items);

    internal override IEnumerable<ReportTile> Tiles => Entitlements.Where(e => e.PercentUsed is not null).OrderByDescending(e => e.PercentUsed).Take(1)
        .Select(e => new ReportTile(Id, "Highest usage", ReportText.Count(e.PercentUsed!.Value) + " %", $"{e.Name ?? e.EntitlementId}{(e.StageName is null ? "" : " in " + e.StageName)}", ToneOf(e)));

    private protected override void WriteContent(HtmlWriter html)
    {
        foreach (var part in parts)
            Read(html, part);
        html.Open("div", ("class", "columns")).Line();
        foreach (var scope in Entitlements.Where(e => e is { Limit: > 0, Used: not null }).GroupBy(e => e.StageKey ?? "", StringComparer.OrdinalIgnoreCase))
        {
            html.Open("div", ("class", "panel")).Element("h3", scope.First() is { StageKey: null } ? "Organization" : scope.First().StageName ?? scope.Key).Open("ul", ("class", "bars"));
            foreach (var entitlement in scope.OrderByDescending(e => e.PercentUsed).ThenBy(e => e.Name, StringComparer.OrdinalIgnoreCase))
                WriteBar(html, entitlement);
            html.Close("ul").Close("div").Line();
        }

        html.Close("div").Line();
        if (parts.Any(p => p.IsRead))
        {
            Write(html, new ReportTable(
                "entitlements", "All entitlements", ["Entitlement", new("Where", HasChoice: true), new("Limit", IsNumber: true), new("Used", IsNumber: true), new("Used in %", IsNumber: true), "Unit", new("Updated (UTC)", IsTime: true)],
                [
                    .. Entitlements.Select(e => new ReportCell[]
                    {
                        e.Name ?? e.EntitlementId, e.StageKey is null ? "Organization" : e.StageName ?? e.StageKey, e.Limit is { } limit ? ReportCell.Number(limit) : new ReportCell(e.Value ?? "", -1),
                        Number(e.Used), Number(e.PercentUsed), e.Unit, ReportCell.Time(e.LastUpdatedDate),
                    }),
                ],
                "The service lists no entitlements."));
        }
    }

    private static void WriteBar(HtmlWriter html, OdcEntitlement entitlement)
    {
        var name = entitlement.Name ?? entitlement.EntitlementId ?? "";
        var value = $"{ReportText.Count(entitlement.Used!.Value)} of {ReportText.Count(entitlement.Limit!.Value)} ({ReportText.Count(entitlement.PercentUsed ?? 0)} %)";
        html.Open("li").Element("span", name, ("class", "name"));
        ReportCharts.WriteMeter(html, entitlement.Used.Value, entitlement.Limit.Value, ToneOf(entitlement), $"{name}: {value}");
        html.Open("span", ("class", "value")).Text(value);
        if (entitlement.PercentUsed >= Much)
            html.Text(" ").Element("span", entitlement.PercentUsed > All ? "over the limit" : entitlement.PercentUsed == All ? "at the limit" : "near the limit", ("class", "mark " + ReportTable.NameOf(ToneOf(entitlement))));
        html.Close("span").Close("li").Line();
    }

    private static Tone ToneOf(OdcEntitlement entitlement) => entitlement.PercentUsed >= All ? Tone.Bad : entitlement.PercentUsed >= Much ? Tone.Warn : Tone.Plain;

    private static ReportCell Number(double? number) => number is { } known ? ReportCell.Number(known) : new ReportCell("", -1);
}
