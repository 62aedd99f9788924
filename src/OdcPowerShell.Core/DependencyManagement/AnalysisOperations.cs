using OdcPowerShell.Operations;

namespace OdcPowerShell.DependencyManagement;

/// <summary>Analyses as long-running operations.</summary>
internal static class AnalysisOperations
{
    internal static OperationDescriptor<OdcDeploymentAnalysis> Deployment { get; } = new(
        "deployment analysis",
        "Get-OdcDeploymentAnalysis",
        (client, analysis, caller, cancellationToken) => client.GetAsync(AnalysesApi.GetDeploymentAnalysis, [analysis.AnalysisKey!], query: null, caller, cancellationToken),
        (_, analysis, _, _) => Explain(analysis))
    {
        UnnamedAsset = Unnamed,
        About = (client, analysis) => About(client, analysis, analysis.Revision),
        Complete = (before, now) => (now.Revision, now.AssetName, now.StageName, now.AssetKey) = (before.Revision, before.AssetName, before.StageName, now.AssetKey ?? before.AssetKey),
    };

    internal static OperationDescriptor<OdcDeletionAnalysis> Deletion { get; } = new(
        "deletion analysis",
        "Get-OdcDeletionAnalysis",
        (client, analysis, caller, cancellationToken) => client.GetAsync(AnalysesApi.GetDeletionAnalysis, [analysis.AnalysisKey!], query: null, caller, cancellationToken),
        (_, analysis, _, _) => Explain(analysis))
    {
        UnnamedAsset = Unnamed,
        About = (client, analysis) => About(client, analysis, revision: null),
        Complete = (before, now) => (now.AssetName, now.StageName, now.AssetKey) = (before.AssetName, before.StageName, now.AssetKey ?? before.AssetKey),
    };

    /// <summary>An analysis that was just started: the answer contains only its key.</summary>
    internal static OdcDeploymentAnalysis Started(StartedAnalysis started, string assetKey, string? assetName, int revision, string stageKey, string? stageName) => new()
    {
        AnalysisKey = started.AnalysisKey,
        Unknown = started.Unknown,
        ProcessStatus = "InProgress",
        AssetKey = assetKey,
        StageKey = stageKey,
        AssetName = assetName,
        Revision = revision,
        StageName = stageName,
    };

    /// <summary>The key of an analysis that was just started.</summary>
    /// <exception cref="OdcException">The answer has no key.</exception>
    internal static string RequiredKey(StartedAnalysis started, string what) => started.AnalysisKey is { Length: > 0 } key ? key : throw new OdcException(
        OdcErrorCause.UnexpectedResponse, $"The service started {what}, but did not return its key: it can't be waited for.", "Start it again.");

    private static Task<IReadOnlyList<string>> Explain(OdcAnalysis analysis) =>
        Task.FromResult<IReadOnlyList<string>>(analysis.Error?.ToString() is { Length: > 0 } reason ? [reason] : []);

    private static string? Unnamed(OdcAnalysis analysis) => analysis.AssetName is null ? analysis.AssetKey : null;

    private static string? About(OdcClient client, OdcAnalysis analysis, int? revision) => (analysis.AssetName ?? client.Names.AssetNames.Of(analysis.AssetKey)) is { } name
        ? name + (revision is null ? "" : FormattableString.Invariant($" revision {revision}")) + (analysis.StageName is null ? "" : $" to {analysis.StageName}")
        : null;
}
