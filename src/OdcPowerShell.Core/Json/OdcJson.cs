using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Organization;

namespace OdcPowerShell.Json;

/// <summary>How the answers of the API are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter)])]
[JsonSerializable(typeof(OdcOrganization))]
internal sealed partial class OdcJson : JsonSerializerContext;
