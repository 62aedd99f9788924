using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.DependencyManagement;

internal static class DependencyManagementApi
{
    internal static readonly Operation<Page<OdcAssetProducer>> ListAssetProducers =
        Operation.Get("/api/dependency-management/v1/assets/{assetKey}/revisions/{revisionNumber}/producers", TempJson.Default.PageOdcAssetProducer, "not stated");
}

internal sealed class OdcAssetProducer
{
    [System.Text.Json.Serialization.JsonPropertyName("key")]
    public string? AssetKey { get; set; }
}
internal sealed class OdcDeployedAsset
{
    [System.Text.Json.Serialization.JsonPropertyName("key")]
    public string? AssetKey { get; set; }
    public IReadOnlyList<OdcAssetDeployment>? Deployments { get; set; }
}
internal sealed class OdcAssetDeployment
{
    [System.Text.Json.Serialization.JsonPropertyName("environmentKey")]
    public string? DeployedStageKey { get; set; }
    public int? Revision { get; set; }
}
[System.Text.Json.Serialization.JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(Page<OdcAssetProducer>))]
[System.Text.Json.Serialization.JsonSerializable(typeof(Page<OdcDeployedAsset>))]
internal sealed partial class TempJson : System.Text.Json.Serialization.JsonSerializerContext;
