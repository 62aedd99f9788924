namespace OdcPowerShell.Emulator;

/// <summary>What a deletion would break: what uses the asset in any stage, and what a test has asked for.</summary>
internal static class DeletionReport
{
    // The only custom domain shows this app.
    private const string DefaultApp = "Customer Portal";

    public static DeletionReportBody Of(DeliveryState state, Asset asset, IReadOnlyList<AnalysisConflict> planned)
    {
        var consumers = state.Deployed.Values
            .Where(deployed => deployed.Revision.References.Any(reference => reference.Producer == asset))
            .Select(deployed => (deployed.Asset, Revision: Impact(deployed, "Warning")));
        var conflicts = planned
            .SelectMany(conflict => state.Deployed.Values.Where(deployed => deployed.Asset.Key == conflict.Asset), (conflict, deployed) =>
                (deployed.Asset, Revision: Impact(deployed, AnalysisStatus.Severity(conflict.IsError), conflict.Hint)));
        List<(Asset Asset, ImpactedRevisionBody Revision)> impacts = [.. consumers, .. conflicts];
        var stages = state.Stages.FindAll(stage => state.Deployed.ContainsKey((asset.Key, stage.Key)));
        var isError = planned.Any(conflict => conflict.IsError);
        return new DeletionReportBody(
            isError ? "ErrorsFound" : impacts.Count > 0 || planned.Count > 0 ? "WarningsFound" : "NoIssuesFound",
            [.. stages.Select(stage => new StageReportBody(stage.Key, stage.Name, stage.Purpose))],
            [.. stages.Where(stage => asset.Name == DefaultApp && stage.DefaultDomain != stage.BuiltInDomain).Select(stage =>
                new ImpactedDomainBody(stage.Key, stage.DefaultDomain, stage.Key, stage.Name))],
            [.. impacts.GroupBy(impact => impact.Asset, impact => impact.Revision).Select(group => new ImpactedAssetBody(
                group.Key.Name, group.Key.Type, group.Key.PortfolioKey,
                state.Portfolios.Find(portfolio => portfolio.Key == group.Key.PortfolioKey)?.Name, group.Key.Key, [.. group]))]);
    }

    private static ImpactedRevisionBody Impact(DeployedRevision deployed, string severity, string? hint = null) =>
        new(deployed.Revision.Number, deployed.Stage.Key, "Direct", severity, hint, null);
}
