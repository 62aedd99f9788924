using System.Text.Json.Serialization;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Deployments;

/// <summary>An operation on an asset in a stage. Its answers do not name the stage: the one that was asked for is kept.</summary>
public abstract class StageOperation : OdcResource, ILongRunning
{
    [JsonPropertyName("key")]
    public string? OperationKey { get; set; }

    /// <summary>Running, Finished or FinishedWithError.</summary>
    public string? Status { get; set; }

    public string? AssetKey { get; set; }

    public string? BuildKey { get; set; }

    /// <summary>The stage that the operation was started in, or that was asked for; null where it is not known.</summary>
    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    public DateTimeOffset? StartedDateTime { get; set; }

    /// <summary>When the operation ended; null while it runs.</summary>
    public DateTimeOffset? FinishedDateTime { get; set; }

    /// <summary>The key of the user who started it.</summary>
    public string? DeployedBy { get; set; }

    public string? PortfolioKey { get; set; }

    public string? Operation { get; set; }

    [JsonIgnore]
    public bool IsTerminal => Status is "Finished" or "FinishedWithError";

    [JsonIgnore]
    public bool IsSuccess => Status == "Finished";

    OperationDescriptor ILongRunning.Descriptor => Descriptor;

    private protected abstract OperationDescriptor Descriptor { get; }

    public override string ToString() => OperationKey ?? "";
}
