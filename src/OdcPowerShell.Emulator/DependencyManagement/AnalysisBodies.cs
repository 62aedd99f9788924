namespace OdcPowerShell.Emulator;

internal sealed record AnalysisRequestBody(string? AssetKey, int? Revision, string? EnvironmentKey);

internal sealed record AnalysisKeyBody(Guid AnalysisKey);

/// <summary>An analysis: the process has a status of its own, beside the one in the report.</summary>
internal sealed record AnalysisBody<TReport>(
    Guid AnalysisKey, string Type, string ProcessStatus, AnalysisErrorBody? Error, TReport? Report, Guid? EnvironmentKey,
    DateTime StartedAt, Guid AssetKey)
    where TReport : class
{
    public static AnalysisBody<TReport> Of(Analysis<TReport> analysis, string type) => new(
        analysis.Key, type, analysis.ProcessStatus, analysis.HasEnded && !analysis.Plan.Succeeds ? AnalysisErrorBody.Of(analysis) : null,
        analysis.Report, analysis.StageKey, analysis.StartedAt.UtcDateTime, analysis.Asset.Key);
}

/// <summary>Why an analysis failed; this API's problems have no trace id and no code.</summary>
internal sealed record AnalysisErrorBody(string Type, string Title, int Status, string Detail, string? Instance)
{
    public static AnalysisErrorBody Of(TimedOperation analysis) => new(
        "https://httpstatuses.io/500", "The analysis failed", 500,
        analysis.Plan.Messages.Count > 0 ? string.Join(" ", analysis.Plan.Messages) : "An unexpected error occurred.", null);
}

internal sealed record DeploymentReportBody(string Status, IReadOnlyList<AssetReportBody> ImpactedAssets);

internal sealed record AssetReportBody(
    int? Revision, string Type, string ReferenceType, IReadOnlyList<ElementIssueBody> ElementLevelIssues,
    IReadOnlyList<AssetIssueBody> ApplicationLevelIssues, Guid AssetKey);

internal sealed record ElementIssueBody(
    string? Name, string? Type, string ConflictType, string ConflictSeverity, string? IncompatibilityType, string? Hint);

internal sealed record AssetIssueBody(string ConflictType, string ConflictSeverity, string? Hint);

internal sealed record DeletionReportBody(
    string Status, IReadOnlyList<StageReportBody> DeployedEnvironments, IReadOnlyList<ImpactedDomainBody> ImpactedDomains,
    IReadOnlyList<ImpactedAssetBody> ImpactedAssets);

internal sealed record StageReportBody(Guid EnvironmentKey, string Name, string Purpose);

internal sealed record ImpactedDomainBody(Guid Key, string Hostname, Guid EnvironmentKey, string EnvironmentName);

internal sealed record ImpactedAssetBody(
    string Name, string Type, Guid PortfolioKey, string? PortfolioName, Guid AssetKey,
    IReadOnlyList<ImpactedRevisionBody> DeployedRevisions);

internal sealed record ImpactedRevisionBody(
    int Revision, Guid EnvironmentKey, string ConsumerType, string Severity, string? IndirectLibraryHint,
    IReadOnlyList<DependencyPathBody>? IndirectDependencies);

internal sealed record DependencyPathBody(IReadOnlyList<IndirectElementBody> IndirectElements);

internal sealed record IndirectElementBody(string Name, int Revision, Guid PortfolioKey, string? PortfolioName, Guid AssetKey);
