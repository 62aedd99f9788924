namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>
/// Rows with a column for each stage: an asset, and the revision that runs in each stage. Every row has every column, because Export-Csv uses
/// the columns of the first row for all rows. The module's view of the type shows a table for any number of stages.
/// </summary>
internal sealed class StageMatrix
{
    /// <summary>The type name that the view is for.</summary>
    internal const string TypeName = "OdcPowerShell.Portfolios.OdcDeployedAssetMatrix";

    private readonly IReadOnlyList<(string? StageKey, string Heading)> _columns;

    /// <param name="stages">The stages that become columns, in the order of their property Order.</param>
    internal StageMatrix(IEnumerable<OdcStage> stages)
    {
        var ordered = stages.OrderBy(s => s.Order).ToList();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "AssetName", "AssetType", "AssetKey" };
        // Names are unique in a portfolio only.
        _columns = [.. ordered.Select(s => (s.StageKey, string.IsNullOrWhiteSpace(s.Name) || !taken.Add(s.Name!) ? $"{s.Name ?? "Stage"} {s.StageKey}".Trim() : s.Name!))];
    }

    /// <summary>Whether every stage in which the asset runs has a column.</summary>
    internal bool HasAll(OdcDeployedAsset asset) => (asset.Deployments ?? []).All(d => _columns.Any(c => IsOf(d, c.StageKey)));

    internal PSObject Row(OdcDeployedAsset asset)
    {
        var row = new PSObject();
        row.TypeNames.Insert(0, TypeName);
        row.Properties.Add(new PSNoteProperty("AssetName", asset.Name));
        row.Properties.Add(new PSNoteProperty("AssetType", asset.AssetType));
        foreach (var (stageKey, heading) in _columns)
            row.Properties.Add(new PSNoteProperty(heading, asset.Deployments?.FirstOrDefault(d => IsOf(d, stageKey)) is { } running ? VersionTag.Text(running.Revision, running.Tag) : null));
        row.Properties.Add(new PSNoteProperty("AssetKey", asset.AssetKey));
        return row;
    }

    private static bool IsOf(OdcDeployedRevision deployed, string? stageKey) => string.Equals(deployed.DeployedStageKey, stageKey, StringComparison.OrdinalIgnoreCase);
}
