using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.DependencyManagement;

/// <summary>How the answers of the dependency management API are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter)])]
[JsonSerializable(typeof(Page<OdcAssetDependency>))]
[JsonSerializable(typeof(Page<OdcAssetProducer>))]
[JsonSerializable(typeof(Page<OdcAssetProducerNode>))]
[JsonSerializable(typeof(Page<OdcPublicElement>))]
[JsonSerializable(typeof(Page<OdcReferencedElement>))]
internal sealed partial class DependencyManagementJson : JsonSerializerContext;
