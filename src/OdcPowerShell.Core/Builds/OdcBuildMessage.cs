namespace OdcPowerShell.Builds;

/// <summary>What the service says about the course of a build.</summary>
[Columns("Timestamp 17", "Severity 8", "ErrorCode 16", "Message")]
public sealed class OdcBuildMessage : OdcResource
{
    public DateTimeOffset? Timestamp { get; set; }

    public string? Severity { get; set; }

    public string? Type { get; set; }

    public string? Message { get; set; }

    public string? ErrorCode { get; set; }

    public string? StepId { get; set; }

    public string? AssetKey { get; set; }

    /// <summary>The build that the message is about.</summary>
    [JsonIgnore]
    public string? BuildKey { get; internal set; }

    public override string ToString() => Message ?? "";
}
