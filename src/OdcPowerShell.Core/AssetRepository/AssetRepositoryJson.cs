using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.AssetRepository;

/// <summary>How the answers of the asset repository API are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter)])]
[JsonSerializable(typeof(Page<OdcAsset>))]
internal sealed partial class AssetRepositoryJson : JsonSerializerContext;
