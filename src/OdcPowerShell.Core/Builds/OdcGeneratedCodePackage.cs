using OdcPowerShell.Operations;

namespace OdcPowerShell.Builds;

/// <summary>The generated source code of a build, packed for a scanner.</summary>
[Columns("BuildKey 36", "Status 19", "Errors")]
public sealed class OdcGeneratedCodePackage : OdcResource, ILongRunning, IContentLink
{
    /// <summary>The build whose code it is.</summary>
    [JsonIgnore]
    public string? BuildKey { get; internal set; }

    /// <summary>NotStarted, Running, Finished, TimedOut or Failed.</summary>
    public string? Status { get; set; }

    /// <summary>The download URL of the package, for Save-OdcContent.</summary>
    public string? Uri { get; set; }

    public IReadOnlyList<OdcGeneratedCodeError>? Errors { get; set => field = value.Present(); }

    [JsonIgnore]
    public bool IsTerminal => Status is "Finished" or "TimedOut" or "Failed";

    [JsonIgnore]
    public bool IsSuccess => Status == "Finished";

    string? ILongRunning.OperationKey => BuildKey;

    OperationDescriptor ILongRunning.Descriptor => BuildOperations.Packages;

    string? IContentLink.ContentUrl => Uri;

    string IContentLink.SuggestedFileName => $"generated-code-{BuildKey}.zip";

    internal override IEnumerable<OdcResource?> Parts => Errors ?? [];

    public override string ToString() => $"{BuildKey}: {Status}";
}

/// <summary>Why generated code could not be packed.</summary>
[Columns("Timestamp 17", "Severity 8", "Message")]
public sealed class OdcGeneratedCodeError : OdcResource
{
    public DateTimeOffset? Timestamp { get; set; }

    public string? Severity { get; set; }

    public string? Message { get; set; }

    public override string ToString() => Message ?? "";
}
