namespace OdcPowerShell.Emulator;

/// <summary>What a deployment would break: apps it uses that are missing in the stage, and what a test has asked for.</summary>
internal static class DeploymentReport
{
    public static DeploymentReportBody Of(
        DeliveryState state, AssetRevision revision, EmulatedStage stage, IReadOnlyList<AnalysisConflict> planned)
    {
        var missing = revision.References
            .Where(reference => reference.Producer.IsDeployable && !state.Deployed.ContainsKey((reference.Producer.Key, stage.Key)))
            .Select(reference => new AnalysisConflict("MissingApplication", IsError: false)
            {
                Asset = reference.Producer.Key,
                Hint = $"{reference.Producer.Name} is not deployed in {stage.Name}.",
            });
        List<AnalysisConflict> conflicts = [.. missing, .. planned];
        return new DeploymentReportBody(
            AnalysisStatus.Of(conflicts),
            [.. conflicts.GroupBy(conflict => (Key: conflict.Asset ?? revision.Asset.Key, conflict.ReferenceType))
                .Select(group => Report(state, revision, group.Key.Key, stage, group.Key.ReferenceType, [.. group]))]);
    }

    private static AssetReportBody Report(
        DeliveryState state, AssetRevision analysed, Guid key, EmulatedStage stage, string referenceType, List<AnalysisConflict> conflicts)
    {
        var number = key == analysed.Asset.Key ? analysed.Number : state.Deployed.GetValueOrDefault((key, stage.Key))?.Revision.Number;
        return new AssetReportBody(
            number,
            state.Assets.GetValueOrDefault(key)?.Type ?? AssetTypes.WebApplication,
            key == analysed.Asset.Key ? "None" : referenceType,
            [.. conflicts.Where(conflict => conflict.IsAboutElement).Select(conflict => new ElementIssueBody(
                conflict.ElementName, conflict.ElementType, conflict.ConflictType, AnalysisStatus.Severity(conflict.IsError),
                conflict.IncompatibilityType, conflict.Hint))],
            [.. conflicts.Where(conflict => !conflict.IsAboutElement).Select(conflict =>
                new AssetIssueBody(conflict.ConflictType, AnalysisStatus.Severity(conflict.IsError), conflict.Hint))],
            key);
    }
}

internal static class AnalysisStatus
{
    public static string Of(IReadOnlyList<AnalysisConflict> conflicts) => conflicts.Count == 0 ? "NoIssuesFound"
        : conflicts.Any(conflict => conflict.IsError) ? "ErrorsFound" : "WarningsFound";

    public static string Severity(bool isError) => isError ? "Error" : "Warning";
}
