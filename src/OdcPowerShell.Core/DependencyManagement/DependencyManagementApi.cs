using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.DependencyManagement;

/// <summary>The dependency management API.</summary>
internal static class DependencyManagementApi
{
    private const string Base = "/api/dependency-management/v1";
    private const string Asset = Base + "/assets/{assetKey}";
    private const string Revision = Asset + "/revisions/{revisionNumber}";
    private const string Unstated = "not stated";

    internal static readonly Operation<Page<OdcAssetDependency>> ListConsumers = Operation.Get(Asset + "/consumers", DependencyManagementJson.Default.PageOdcAssetDependency, Unstated);
    internal static readonly Operation<Page<OdcAssetDependency>> ListRevisionConsumers = Operation.Get(Revision + "/consumers", DependencyManagementJson.Default.PageOdcAssetDependency, Unstated);
    internal static readonly Operation<Page<OdcAssetProducer>> ListProducers = Operation.Get(Revision + "/producers", DependencyManagementJson.Default.PageOdcAssetProducer, Unstated);
    internal static readonly Operation<Page<OdcAssetProducerNode>> ListProducerGraph = Operation.Get(Revision + "/producer-graph", DependencyManagementJson.Default.PageOdcAssetProducerNode, Unstated);
    internal static readonly Operation<Page<OdcPublicElement>> ListPublicElements = Operation.Get(Revision + "/public-elements", DependencyManagementJson.Default.PageOdcPublicElement, Unstated);
    internal static readonly Operation<Page<OdcReferencedElement>> ListReferencedElements =
        Operation.Get(Revision + "/referenced-elements", DependencyManagementJson.Default.PageOdcReferencedElement, "Asset management > Open");
    internal static readonly Operation<Page<OdcPublicElement>> SearchPublicElements = Operation.Search(Base + "/public-elements/search", DependencyManagementJson.Default.PageOdcPublicElement, Unstated);
}
