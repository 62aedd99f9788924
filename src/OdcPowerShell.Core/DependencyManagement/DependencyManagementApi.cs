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
    internal static readonly Operation<Page<OdcPublicElement>> SearchPublicElements = new(Post, Base + "/public-elements/search", Permission.NotStated) { IsSafe = true };
}
