using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.Deployments;

/// <summary>How the answers of the deployments API are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter)])]
[JsonSerializable(typeof(OdcDeployment))]
[JsonSerializable(typeof(Page<OdcDeployment>))]
[JsonSerializable(typeof(StartDeploymentBody))]
[JsonSerializable(typeof(OdcPublication))]
[JsonSerializable(typeof(Page<OdcPublication>))]
[JsonSerializable(typeof(CursorPage<OdcOperationMessage>))]
internal sealed partial class DeploymentsJson : JsonSerializerContext;
