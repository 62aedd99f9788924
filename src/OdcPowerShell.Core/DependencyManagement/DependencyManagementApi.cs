using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.DependencyManagement;

/// <summary>The dependency management API.</summary>
internal static class DependencyManagementApi
{
    private const string Base = "/api/dependency-management/v1";
    private const string Asset = Base + "/assets/{assetKey}";
    private const string Revision = Asset + "/revisions/{revisionNumber}";
    internal static readonly Operation<Page<OdcAssetDependency>> ListConsumers = new(Get, Asset + "/consumers", Permission.NotStated);
    internal static readonly Operation<Page<OdcAssetDependency>> ListRevisionConsumers = new(Get, Revision + "/consumers", Permission.NotStated);
    internal static readonly Operation<Page<OdcAssetProducer>> ListProducers = new(Get, Revision + "/producers", Permission.NotStated);
    internal static readonly Operation<Page<OdcAssetProducerNode>> ListProducerGraph = new(Get, Revision + "/producer-graph", Permission.NotStated);
    internal static readonly Operation<Page<OdcPublicElement>> ListPublicElements = new(Get, Revision + "/public-elements", Permission.NotStated);
    internal static readonly Operation<Page<OdcReferencedElement>> ListReferencedElements = new(Get, Revision + "/referenced-elements", "Asset management > Open");
    internal static readonly Operation<Page<OdcPublicElement>> SearchPublicElements = new(Post, Base + "/public-elements/search", Permission.NotStated) { Success = 200, IsSafe = true };
}

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
