using System.Text.Json.Serialization;

namespace OdcPowerShell.Deployments;

/// <summary>What the service says about the course of a deployment or publication.</summary>
public sealed class OdcOperationMessage : OdcResource
{
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Info, Warning or Error.</summary>
    public string? Severity { get; init; }

    public string? Type { get; init; }

    public string? Message { get; init; }

    public OdcOperationMessageDetails? AdditionalInfo { get; init; }

    /// <summary>The operation that the message is about.</summary>
    [JsonIgnore]
    public string? OperationKey { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => [AdditionalInfo];

    public override string ToString() => Message ?? "";
}

/// <summary>Which step and asset a message is about.</summary>
public sealed class OdcOperationMessageDetails : OdcResource
{
    public string? StepId { get; init; }

    public string? AssetKey { get; init; }

    public override string ToString() => StepId ?? "";
}
