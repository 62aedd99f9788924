using System.Text.Json.Serialization;

namespace OdcPowerShell.DependencyManagement;

/// <summary>What the deletion of an asset would break.</summary>
public sealed class OdcDeletionAnalysis : OdcAnalysis
{
    public OdcDeletionReport? Report { get; init; }

    [JsonIgnore]
    public override string? ReportStatus => Report?.Status;

    internal override IEnumerable<OdcResource?> Parts => [Error, Report];
}

/// <summary>The result of a deletion analysis.</summary>
public sealed class OdcDeletionReport : OdcResource
{
    public string? Status { get; init; }

    [JsonPropertyName("deployedEnvironments")]
    public IReadOnlyList<OdcDeletionStage>? DeployedStages { get; init; }

    public IReadOnlyList<OdcDeletionDomain>? ImpactedDomains { get; init; }

    public IReadOnlyList<OdcDeletionImpact>? ImpactedAssets { get; init; }

    internal override IEnumerable<OdcResource?> Parts => [.. DeployedStages ?? [], .. ImpactedDomains ?? [], .. ImpactedAssets ?? []];

    public override string ToString() => Status ?? "";
}

/// <summary>A stage that the asset runs in.</summary>
public sealed class OdcDeletionStage : OdcResource
{
    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; init; }

    public string? Name { get; init; }

    public string? Purpose { get; init; }

    public override string ToString() => Name ?? StageKey ?? "";
}

/// <summary>A domain whose default app is the asset.</summary>
public sealed class OdcDeletionDomain : OdcResource
{
    [JsonPropertyName("key")]
    public string? DomainKey { get; init; }

    public string? Hostname { get; init; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; init; }

    [JsonPropertyName("environmentName")]
    public string? StageName { get; init; }

    public override string ToString() => Hostname ?? "";
}

/// <summary>An asset that uses what would be deleted.</summary>
public sealed class OdcDeletionImpact : OdcResource
{
    public string? AssetKey { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? PortfolioKey { get; init; }

    public string? PortfolioName { get; init; }

    public IReadOnlyList<OdcDeletionImpactRevision>? DeployedRevisions { get; init; }

    internal override IEnumerable<OdcResource?> Parts => DeployedRevisions ?? [];

    public override string ToString() => Name ?? AssetKey ?? "";
}

/// <summary>A deployed revision that uses what would be deleted.</summary>
public sealed class OdcDeletionImpactRevision : OdcResource
{
    public int? Revision { get; init; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; init; }

    public string? ConsumerType { get; init; }

    /// <summary>Warning or Error.</summary>
    public string? Severity { get; init; }

    public string? IndirectLibraryHint { get; init; }

    public IReadOnlyList<OdcDependencyPath>? IndirectDependencies { get; init; }

    internal override IEnumerable<OdcResource?> Parts => IndirectDependencies ?? [];

    public override string ToString() => $"revision {Revision}";
}

/// <summary>By way of which libraries an asset depends on another.</summary>
public sealed class OdcDependencyPath : OdcResource
{
    public IReadOnlyList<OdcIndirectElement>? IndirectElements { get; init; }

    internal override IEnumerable<OdcResource?> Parts => IndirectElements ?? [];

    public override string ToString() => string.Join(" > ", IndirectElements ?? []);
}

/// <summary>A library on the way from an asset to one that it depends on.</summary>
public sealed class OdcIndirectElement : OdcResource
{
    public string? AssetKey { get; init; }

    public string? Name { get; init; }

    public int? Revision { get; init; }

    public string? PortfolioKey { get; init; }

    public string? PortfolioName { get; init; }

    public override string ToString() => Name ?? AssetKey ?? "";
}
