using OdcPowerShell.Http;

namespace OdcPowerShell.DependencyManagement;

/// <summary>Analyses as operations that are waited for.</summary>
internal static class AnalysisOperations
{
    internal static OperationKind<OdcDeploymentAnalysis> Deployment(OdcClient client) => new(
        "deployment analysis",
        "Get-OdcDeploymentAnalysis shows what it found, and Wait-OdcOperation waits again.",
        OperationKind<OdcDeploymentAnalysis>.OneByOne((analysis, caller, cancellationToken) =>
            client.GetAsync(AnalysesApi.GetDeploymentAnalysis, [analysis.AnalysisKey!], query: null, caller, cancellationToken)),
        Explain,
        (before, now) => (now.Revision, now.AssetName, now.StageName) = (before.Revision, before.AssetName, before.StageName));

    internal static OperationKind<OdcDeletionAnalysis> Deletion(OdcClient client) => new(
        "deletion analysis",
        "Get-OdcDeletionAnalysis shows what it found, and Wait-OdcOperation waits again.",
        OperationKind<OdcDeletionAnalysis>.OneByOne((analysis, caller, cancellationToken) =>
            client.GetAsync(AnalysesApi.GetDeletionAnalysis, [analysis.AnalysisKey!], query: null, caller, cancellationToken)),
        Explain,
        (before, now) => (now.AssetName, now.StageName) = (before.AssetName, before.StageName));

    /// <summary>An analysis that was just started: its answer is nothing but a key.</summary>
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
        OdcErrorCause.UnexpectedResponse, $"The service started {what}, but did not tell its key: it can't be waited for.", "Start it again.");

    private static Task<IReadOnlyList<string>> Explain(OdcAnalysis analysis, ICaller caller, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(analysis.Error?.ToString() is { Length: > 0 } reason ? [reason] : []);
}
