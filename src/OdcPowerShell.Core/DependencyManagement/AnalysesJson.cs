using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.DependencyManagement;

/// <summary>How the answers about analyses are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter)])]
[JsonSerializable(typeof(StartedAnalysis))]
[JsonSerializable(typeof(OdcDeploymentAnalysis))]
[JsonSerializable(typeof(OdcDeletionAnalysis))]
internal sealed partial class AnalysesJson : JsonSerializerContext;

/// <summary>The key of an analysis that was started.</summary>
internal sealed class StartedAnalysis : OdcResource, IAnswer
{
    public string? AnalysisKey { get; set; }

    [JsonIgnore]
    public string? Missing => string.IsNullOrEmpty(AnalysisKey) ? "analysisKey" : null;
}
