using System.Text.Json.Serialization;

namespace OdcPowerShell.Builds;

/// <summary>What the service says about the course of a build.</summary>
public sealed class OdcBuildMessage : OdcResource
{
    public DateTimeOffset? Timestamp { get; init; }

    public string? Severity { get; init; }

    public string? Type { get; init; }

    public string? Message { get; init; }

    public string? ErrorCode { get; init; }

    public string? StepId { get; init; }

    public string? AssetKey { get; init; }

    /// <summary>The build that the message is about.</summary>
    [JsonIgnore]
    public string? BuildKey { get; internal set; }

    public override string ToString() => Message ?? "";
}
