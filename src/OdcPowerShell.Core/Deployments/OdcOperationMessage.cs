namespace OdcPowerShell.Deployments;

/// <summary>What the service says about the course of a deployment or publication.</summary>
[Columns("Timestamp 17", "Severity 8", "Message")]
public sealed class OdcOperationMessage : OdcResource
{
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>Info, Warning or Error.</summary>
    public string? Severity { get; set; }

    public string? Type { get; set; }

    public string? Message { get; set; }

    public OdcOperationMessageDetails? AdditionalInfo { get; set; }

    /// <summary>The operation that the message is about.</summary>
    [JsonIgnore]
    public string? OperationKey { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => [AdditionalInfo];

    public override string ToString() => Message ?? "";
}

/// <summary>Which step and asset a message is about.</summary>
public sealed class OdcOperationMessageDetails : OdcResource
{
    public string? StepId { get; set; }

    public string? AssetKey { get; set; }

    public override string ToString() => StepId ?? "";
}
