using OdcPowerShell.Tenants;

namespace OdcPowerShell.Output.Report;

/// <summary>The stages, and which revision of each asset runs in each of them.</summary>
internal sealed class StageSection(TenantReport report) : ReportSection("stages", "Stages and drift")
{
    private readonly TenantPart<OdcStage> _stages = report.Stages!;
    private readonly TenantPart<OdcDeployedAsset> _deployed = report.Deployed!;

    private IReadOnlyList<OdcStage> Stages => _stages.Items;

    private IReadOnlyList<OdcDeployedAsset> Assets => [.. _deployed.Items.Where(a => Stages.Any(s => In(a, s) is not null)).OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.AssetKey, StringComparer.OrdinalIgnoreCase)];

    internal override IEnumerable<ReportTile> Tiles
    {
        get
        {
            if (!_stages.IsRead || !_deployed.IsRead)
                yield break;
            var assets = Assets;
            yield return new ReportTile(Id, "Deployed assets", ReportText.Count(assets.Count), $"in {ReportText.Count(Stages.Count, "stage")}");
            if (Stages.Count < 2)
                yield break;
            var differ = assets.Count(a => Differences(a).Any());
            yield return new ReportTile(Id, "Drift", ReportText.Count(differ), differ == 0 ? "all stages run the same" : $"of {ReportText.Count(assets.Count)} differ between stages", differ == 0 ? Tone.Good : Tone.Warn);
        }
    }

    private protected override void WriteContent(HtmlWriter html)
    {
        if (!Read(html, _stages))
            return;
        html.Open("ol", ("class", "stages"));
        foreach (var stage in Stages)
        {
            html.Open("li").Element("strong", stage.Name).Element("span", stage.Purpose is { } purpose && purpose != stage.Name ? purpose : "", ("class", "purpose"));
            if (_deployed.IsRead)
                html.Element("span", ReportText.Count(_deployed.Items.Count(a => In(a, stage) is not null), "asset"));
            html.Element("span", stage.BuiltinDomain, ("class", "domain")).Close("li");
        }

        html.Close("ol").Line();
        if (!Read(html, _deployed))
            return;
        List<ReportColumn> columns = ["Asset", new("Type", HasChoice: true), .. Stages.Select(s => new ReportColumn(s.Name ?? s.StageKey ?? ""))];
        if (Stages.Count > 1)
            columns.Add(new ReportColumn("Drift", HasChoice: true, IsWide: true));
        Write(html, new ReportTable("matrix", "Revisions by stage", columns, [.. Assets.Select(Row)], "Nothing is deployed in these stages."));
        if (report.Assets is { IsRead: true } all && all.Items.Count(a => !_deployed.Items.Any(d => Same(d.AssetKey, a.AssetKey))) is var idle and > 0)
            html.Element("p", $"{ReportText.Count(idle, "asset")} of the repository, libraries included, {(idle == 1 ? "runs" : "run")} in no stage.", ("class", "note")).Line();
    }

    private ReportCell[] Row(OdcDeployedAsset asset)
    {
        List<ReportCell> cells = [asset.Name, asset.AssetType];
        foreach (var stage in Stages)
        {
            cells.Add(In(asset, stage) is { } runs
                ? new ReportCell(VersionTag.Text(runs.Revision, runs.Tag), runs.Revision ?? 0)
                : new ReportCell("", -1, "not there"));
        }

        if (Stages.Count > 1)
        {
            var differences = Differences(asset).ToList();
            cells.Add(differences.Count == 0
                ? new ReportCell("", 0, "in step", Tone.Good)
                : new ReportCell(string.Join("; ", differences.Select(d => d.Text)), differences.Sum(d => d.Steps), "differs", Tone.Warn));
        }

        return [.. cells];
    }

    // Each stage is compared with the one before it.
    private IEnumerable<(string Text, int Steps)> Differences(OdcDeployedAsset asset)
    {
        for (var i = 1; i < Stages.Count; i++)
        {
            var pair = OdcStageComparison.Of(asset, Stages[i - 1], Stages[i]);
            if (pair.Behind is null)
                continue;
            var since = pair.Since is null ? "" : $" since {ReportText.Date(pair.Since)}";
            yield return pair.RevisionsBehind is { } steps ? ($"{pair.Behind} {steps} behind{since}", steps) : ($"not in {pair.Behind}{since}", 1);
        }
    }

    private static OdcDeployedRevision? In(OdcDeployedAsset asset, OdcStage stage) => asset.Deployments?.FirstOrDefault(d => Same(d.DeployedStageKey, stage.StageKey));

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
