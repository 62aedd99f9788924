using System.Text.Json.Serialization;

namespace OdcPowerShell.Builds;

/// <summary>A build of a revision of an asset.</summary>
public sealed class OdcBuild : OdcResource, ILongRunning
{
    public string? BuildKey { get; init; }

    public string? AssetKey { get; init; }

    [JsonPropertyName("assetRevision")]
    public int? Revision { get; init; }

    /// <summary>Debug or Release; only a Release build can be deployed beyond the development stage.</summary>
    public string? BuildType { get; init; }

    /// <summary>Pending, Running, Finished, FinishedWithErrors, Deleted or ToBeDeleted.</summary>
    public string? Status { get; init; }

    public DateTimeOffset? StartedDateTime { get; init; }

    /// <summary>When the build ended; null while it goes on.</summary>
    public DateTimeOffset? FinishedDateTime { get; init; }

    public string? BuiltBy { get; init; }

    public OdcSecurityAudit? SecurityAudit { get; init; }

    [JsonIgnore]
    public bool IsTerminal => Status is "Finished" or "FinishedWithErrors" or "Deleted" or "ToBeDeleted";

    [JsonIgnore]
    public bool IsSuccess => Status == "Finished";

    string? ILongRunning.OperationKey => BuildKey;

    internal override IEnumerable<OdcResource?> Parts => [SecurityAudit];

    public override string ToString() => BuildKey ?? "";
}

/// <summary>The vulnerabilities that a build was found to have.</summary>
public sealed class OdcSecurityAudit : OdcResource
{
    public IReadOnlyList<OdcVulnerability>? Vulnerabilities { get; init; }

    internal override IEnumerable<OdcResource?> Parts => Vulnerabilities ?? [];

    public override string ToString() => $"{Vulnerabilities?.Count ?? 0} vulnerabilities";
}

/// <summary>A known vulnerability of something that a build uses.</summary>
public sealed class OdcVulnerability : OdcResource
{
    public string? Id { get; init; }

    public string? Severity { get; init; }

    public string? Details { get; init; }

    public DateTimeOffset? PublishedDate { get; init; }

    public override string ToString() => Id ?? "";
}
