using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.AssetRepository;

/// <summary>How the answers of the asset repository API are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter)])]
[JsonSerializable(typeof(OdcAsset))]
[JsonSerializable(typeof(Page<OdcAsset>))]
[JsonSerializable(typeof(OdcAssetRevision))]
[JsonSerializable(typeof(Page<OdcAssetRevision>))]
[JsonSerializable(typeof(OdcAssetIcon))]
[JsonSerializable(typeof(OdcAssetMetadata))]
[JsonSerializable(typeof(OdcAssetReleaseNote))]
[JsonSerializable(typeof(OdcAssetSignature))]
[JsonSerializable(typeof(OdcAssetSourceCode))]
internal sealed partial class AssetRepositoryJson : JsonSerializerContext;
