using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.AssetRepository;

/// <summary>How the answers to new revisions and uploads are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter), typeof(SecretTextConverter)])]
[JsonSerializable(typeof(ApplicationVersion))]
[JsonSerializable(typeof(OdcUpload))]
internal sealed partial class AssetCreationJson : JsonSerializerContext;
