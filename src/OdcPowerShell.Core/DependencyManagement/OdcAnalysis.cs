using System.Text.Json.Serialization;

namespace OdcPowerShell.DependencyManagement;

/// <summary>An analysis of what a change would break.</summary>
public abstract class OdcAnalysis : OdcResource, ILongRunning
{
    public string? AnalysisKey { get; init; }

    /// <summary>Deployment or Deletion.</summary>
    public string? Type { get; init; }

    /// <summary>InProgress, Finished or Failed. What was found is in ReportStatus.</summary>
    public string? ProcessStatus { get; init; }

    public OdcAnalysisError? Error { get; init; }

    public string? AssetKey { get; init; }

    /// <summary>The asset's name, where the API client may open the asset.</summary>
    [JsonIgnore]
    public string? AssetName { get; internal set; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; init; }

    /// <summary>The stage's name, where the API client may see the stage.</summary>
    [JsonIgnore]
    public string? StageName { get; internal set; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>NoIssuesFound, WarningsFound or ErrorsFound; null until the analysis is finished.</summary>
    [JsonIgnore]
    public abstract string? ReportStatus { get; }

    [JsonIgnore]
    public bool IsTerminal => ProcessStatus is "Finished" or "Failed";

    [JsonIgnore]
    public bool IsSuccess => ProcessStatus == "Finished";

    string? ILongRunning.OperationKey => AnalysisKey;

    string? ILongRunning.Status => ProcessStatus;

    public override string ToString() => AnalysisKey ?? "";
}

/// <summary>Why an analysis failed.</summary>
public sealed class OdcAnalysisError : OdcResource
{
    public string? Type { get; init; }

    public string? Title { get; init; }

    public int? Status { get; init; }

    public string? Detail { get; init; }

    public string? Instance { get; init; }

    public override string ToString() => Detail ?? Title ?? "";
}
