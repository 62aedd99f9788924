using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.DependencyManagement;

/// <summary>The analyses of the dependency management API: what a deployment or a deletion would break.</summary>
internal static class AnalysesApi
{
    private const string Base = "/api/dependency-management/v1";

    internal static readonly Operation<StartedAnalysis> StartDeploymentAnalysis =
        new(Post, Base + "/deployment-analyses", Permission.InStage("Release management > Deploy assets"));
    internal static readonly Operation<OdcDeploymentAnalysis> GetDeploymentAnalysis = new(Get, Base + "/deployment-analyses/{analysisKey}", Permission.NotStated);
    internal static readonly Operation<StartedAnalysis> StartDeletionAnalysis = new(Post, Base + "/deletion-analyses", "Asset management > Delete");
    internal static readonly Operation<OdcDeletionAnalysis> GetDeletionAnalysis =
        new(Get, Base + "/deletion-analyses/{analysisKey}", Permission.InGuide("Asset management > Delete", "guide"));
}
