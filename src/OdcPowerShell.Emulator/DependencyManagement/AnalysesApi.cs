namespace OdcPowerShell.Emulator;

/// <summary>An impact analysis; its report has what was found when it ended.</summary>
internal sealed class Analysis(EmulatedOperation kind, Guid key, string requestedBy, Guid asset, Guid? stage = null)
    : TimedOperation(kind, key, requestedBy, asset, stage)
{
    public object? Report { get; set; }
}

internal sealed class AnalysesApi(Store store)
{
    private const string Base = "/api/dependency-management/v1";

    // The only custom domain shows this app.
    private const string DefaultApp = "Customer Portal";

    public void Map(ApiMap map)
    {
        var remove = Access.OneOf(Permission.DeleteAssets);
        map.Post<StartBody>($"{Base}/deployment-analyses", Access.OneOf(Permission.DeployAssets), (call, body) =>
        {
            var asset = AssetsApi.RequiredKey("assetKey", body.AssetKey);
            var stageKey = AssetsApi.RequiredKey("environmentKey", body.EnvironmentKey);
            var revision = store.Revision(asset, body.Revision ?? throw ProblemException.Missing("revision"));
            var stage = store.Stages[stageKey];
            var analysis = new Analysis(EmulatedOperation.DeploymentAnalysis, store.NewKey("analysis"), call.By, asset, stage.Key);
            return Start(store.DeploymentAnalyses, analysis, conflicts => DeploymentReport(revision, stage, conflicts));
        });
        map.Get($"{Base}/deployment-analyses/{{analysisKey}}", Access.AnyPermission, call =>
            Body(store.DeploymentAnalyses[call.Key("analysisKey")], "Deployment"));
        map.Post<StartBody>($"{Base}/deletion-analyses", remove, (call, body) =>
        {
            var asset = store.Assets[AssetsApi.RequiredKey("assetKey", body.AssetKey)];
            var analysis = new Analysis(EmulatedOperation.DeletionAnalysis, store.NewKey("analysis"), call.By, asset.Key);
            return Start(store.DeletionAnalyses, analysis, conflicts => DeletionReport(asset, conflicts));
        });
        map.Get($"{Base}/deletion-analyses/{{analysisKey}}", remove, call => Body(store.DeletionAnalyses[call.Key("analysisKey")], "Deletion"));
    }

    private object Start(Table<Analysis> analyses, Analysis analysis, Func<IReadOnlyList<AnalysisConflict>, object> report)
    {
        analysis.Effect = () => analysis.Report = report(analysis.Plan.Conflicts);
        store.Start(analyses.Set(analysis));
        return new { AnalysisKey = analysis.Key };
    }

    // The process has a status of its own, beside the one in the report.
    private object Body(Analysis analysis, string type) => new
    {
        AnalysisKey = analysis.Key, type, ProcessStatus = analysis.StatusAt(store.Now),
        Error = analysis.HasEnded && !analysis.Plan.Succeeds ? Failure(analysis) : null, analysis.Report,
        EnvironmentKey = analysis.StageKey, StartedAt = analysis.StartedAt.UtcDateTime, analysis.AssetKey,
    };

    // This API's problems have no trace id and no code.
    private static object Failure(Analysis analysis) => new
    {
        Type = "https://httpstatuses.io/500", Title = "The analysis failed", Status = 500,
        Detail = analysis.Plan.Messages.Count > 0 ? string.Join(" ", analysis.Plan.Messages) : "An unexpected error occurred.",
        Instance = (string?)null,
    };

    /// <summary>What a deployment would break: apps it uses that are missing in the stage, and what a test has planned.</summary>
    private object DeploymentReport(AssetRevision revision, EmulatedStage stage, IReadOnlyList<AnalysisConflict> planned)
    {
        var missing = revision.References
            .Where(reference => reference.Producer.IsDeployable && !store.Deployed.ContainsKey((reference.Producer.Key, stage.Key)))
            .Select(reference => new AnalysisConflict("MissingApplication", IsError: false)
            {
                Asset = reference.Producer.Key,
                Hint = $"{reference.Producer.Name} is not deployed in {stage.Name}.",
            });
        List<AnalysisConflict> conflicts = [.. missing, .. planned];
        return new
        {
            Status = conflicts.Count == 0 ? "NoIssuesFound" : conflicts.Exists(conflict => conflict.IsError) ? "ErrorsFound" : "WarningsFound",
            ImpactedAssets = conflicts.GroupBy(conflict => (Key: conflict.Asset ?? revision.Asset.Key, conflict.ReferenceType))
                .Select(group => Impacted(revision, group.Key.Key, stage, group.Key.ReferenceType, [.. group])).ToArray(),
        };
    }

    private object Impacted(AssetRevision analysed, Guid key, EmulatedStage stage, string referenceType, List<AnalysisConflict> conflicts)
    {
        var isAnalysed = key == analysed.Asset.Key;
        return new
        {
            Revision = isAnalysed ? analysed.Number : store.Deployed.GetValueOrDefault((key, stage.Key))?.Revision.Number,
            Type = store.Assets.Find(key)?.Type ?? AssetTypes.WebApplication,
            ReferenceType = isAnalysed ? "None" : referenceType,
            ElementLevelIssues = conflicts.Where(conflict => conflict.IsAboutElement).Select(conflict => new
            {
                Name = conflict.ElementName, Type = conflict.ElementType, conflict.ConflictType,
                ConflictSeverity = Severity(conflict.IsError), conflict.IncompatibilityType, conflict.Hint,
            }).ToArray(),
            ApplicationLevelIssues = conflicts.Where(conflict => !conflict.IsAboutElement)
                .Select(conflict => new { conflict.ConflictType, ConflictSeverity = Severity(conflict.IsError), conflict.Hint }).ToArray(),
            AssetKey = key,
        };
    }

    /// <summary>What a deletion would break: what uses the asset in any stage, and what a test has planned.</summary>
    private object DeletionReport(Asset asset, IReadOnlyList<AnalysisConflict> planned)
    {
        var consumers = store.Deployed.Values
            .Where(deployed => deployed.Revision.References.Any(reference => reference.Producer == asset))
            .Select(deployed => (deployed.Asset, Revision: Impact(deployed, "Warning", null)));
        var conflicts = planned.SelectMany(
            conflict => store.Deployed.Values.Where(deployed => deployed.Asset.Key == conflict.Asset),
            (conflict, deployed) => (deployed.Asset, Revision: Impact(deployed, Severity(conflict.IsError), conflict.Hint)));
        List<(Asset Asset, object Revision)> impacts = [.. consumers, .. conflicts];
        List<EmulatedStage> stages = [.. store.Stages.All.Where(stage => store.Deployed.ContainsKey((asset.Key, stage.Key)))];
        return new
        {
            Status = planned.Any(conflict => conflict.IsError) ? "ErrorsFound"
                : impacts.Count > 0 || planned.Count > 0 ? "WarningsFound" : "NoIssuesFound",
            DeployedEnvironments = stages.ConvertAll(stage => new { EnvironmentKey = stage.Key, stage.Name, stage.Purpose }),
            ImpactedDomains = stages.Where(stage => asset.Name == DefaultApp && stage.DefaultDomain != stage.BuiltInDomain)
                .Select(stage => new { stage.Key, Hostname = stage.DefaultDomain, EnvironmentKey = stage.Key, EnvironmentName = stage.Name }).ToArray(),
            ImpactedAssets = impacts.GroupBy(impact => impact.Asset, impact => impact.Revision).Select(group => new
            {
                group.Key.Name, group.Key.Type, group.Key.PortfolioKey, PortfolioName = store.Portfolios.Find(group.Key.PortfolioKey)?.Name,
                AssetKey = group.Key.Key, DeployedRevisions = group.ToArray(),
            }).ToArray(),
        };
    }

    private static object Impact(DeployedRevision deployed, string severity, string? hint) => new
    {
        Revision = deployed.Revision.Number, EnvironmentKey = deployed.Stage.Key, ConsumerType = "Direct", severity,
        IndirectLibraryHint = hint, IndirectDependencies = (object?)null,
    };

    private static string Severity(bool isError) => isError ? "Error" : "Warning";

    private sealed record StartBody(string? AssetKey, int? Revision, string? EnvironmentKey);
}
