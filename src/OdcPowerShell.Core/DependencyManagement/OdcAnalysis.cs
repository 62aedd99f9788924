using System.Text.Json;
using OdcPowerShell.Operations;

namespace OdcPowerShell.DependencyManagement;

/// <summary>An analysis of what a change would break.</summary>
public abstract class OdcAnalysis : OdcResource, ILongRunning
{
    public string? AnalysisKey { get; set; }

    /// <summary>Deployment or Deletion.</summary>
    public string? Type { get; set; }

    /// <summary>InProgress, Finished or Failed. What was found is in ReportStatus.</summary>
    public string? ProcessStatus { get; set; }

    public OdcAnalysisError? Error { get; set; }

    public string? AssetKey { get; set; }

    /// <summary>The asset's name, where the API client may open the asset.</summary>
    [JsonIgnore]
    public string? AssetName { get; internal set; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; set; }

    /// <summary>The stage's name, where the API client may see the stage.</summary>
    [JsonIgnore]
    public string? StageName { get; internal set; }

    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>NoIssuesFound, WarningsFound or ErrorsFound; null until the analysis is finished.</summary>
    [JsonIgnore]
    public abstract string? ReportStatus { get; }

    [JsonIgnore]
    public bool IsTerminal => ProcessStatus is "Finished" or "Failed";

    [JsonIgnore]
    public bool IsSuccess => ProcessStatus == "Finished";

    string? ILongRunning.OperationKey => AnalysisKey;

    string? ILongRunning.Status => ProcessStatus;

    OperationDescriptor ILongRunning.Descriptor => Descriptor;

    private protected abstract OperationDescriptor Descriptor { get; }

    public override string ToString() => AnalysisKey ?? "";
}

/// <summary>Why an analysis failed.</summary>
public sealed class OdcAnalysisError : OdcResource
{
    public string? Type { get; set; }

    public string? Title { get; set; }

    public int? Status { get; set; }

    public string? Detail { get; set; }

    public string? Instance { get; set; }

    public override string ToString() => Detail ?? Title ?? "";
}

/// <summary>The key of an analysis that was started.</summary>
internal sealed class StartedAnalysis : OdcResource, IAnswer
{
    public string? AnalysisKey { get; set; }

    [JsonIgnore]
    public string? Missing => string.IsNullOrEmpty(AnalysisKey) ? "analysisKey" : null;
}
