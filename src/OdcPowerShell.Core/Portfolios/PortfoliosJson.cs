using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.Portfolios;

/// <summary>How the answers of the portfolio API are read, in both of its versions.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter)])]
[JsonSerializable(typeof(Page<OdcStage>))]
[JsonSerializable(typeof(Page<OdcStageV1>))]
[JsonSerializable(typeof(Page<OdcDeployedAsset>))]
[JsonSerializable(typeof(Page<OdcLibrary>))]
[JsonSerializable(typeof(Page<OdcPortfolio>))]
internal sealed partial class PortfoliosJson : JsonSerializerContext;
