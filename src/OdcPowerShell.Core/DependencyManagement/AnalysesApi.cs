using OdcPowerShell.Http;

namespace OdcPowerShell.DependencyManagement;

/// <summary>The analyses of the dependency management API: what a deployment or a deletion would break.</summary>
internal static class AnalysesApi
{
    private const string Base = "/api/dependency-management/v1";

    internal static readonly Operation<StartedAnalysis> StartDeploymentAnalysis =
        Operation.Post(Base + "/deployment-analyses", AnalysesJson.Default.StartedAnalysis, "Release management > Deploy assets");
    internal static readonly Operation<OdcDeploymentAnalysis> GetDeploymentAnalysis =
        Operation.Get(Base + "/deployment-analyses/{analysisKey}", AnalysesJson.Default.OdcDeploymentAnalysis, "not stated");
    internal static readonly Operation<StartedAnalysis> StartDeletionAnalysis =
        Operation.Post(Base + "/deletion-analyses", AnalysesJson.Default.StartedAnalysis, "Asset management > Delete");
    internal static readonly Operation<OdcDeletionAnalysis> GetDeletionAnalysis =
        Operation.Get(Base + "/deletion-analyses/{analysisKey}", AnalysesJson.Default.OdcDeletionAnalysis, "not stated (guide: Asset management > Delete)");
}
