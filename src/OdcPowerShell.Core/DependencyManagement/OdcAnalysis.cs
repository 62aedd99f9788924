using System.Text.Json;
using OdcPowerShell.Operations;

namespace OdcPowerShell.DependencyManagement;

/// <summary>An analysis of what a change would break.</summary>
public abstract class OdcAnalysis : OdcResource, ILongRunning
{
    public string? AnalysisKey { get; set; }

    /// <summary>Deployment or Deletion.</summary>
    public string? Type { get; set; }

    /// <summary>InProgress, Finished or Failed. The result is in ReportStatus.</summary>
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

/// <summary>What the deletion of an asset would break.</summary>
[Columns("AssetName 37", "ReportStatus 19", "StageCount 10", "AssetCount 10", "ProcessStatus")]
public sealed class OdcDeletionAnalysis : OdcAnalysis
{
    public OdcDeletionReport? Report { get; set; }

    [JsonIgnore]
    public override string? ReportStatus => Report?.Status;

    /// <summary>In how many stages the asset runs; null until the analysis is finished.</summary>
    [JsonIgnore]
    public int? StageCount => Report?.DeployedStages?.Count;

    /// <summary>How many assets use it; null until the analysis is finished.</summary>
    [JsonIgnore]
    public int? AssetCount => Report?.ImpactedAssets?.Count;

    private protected override OperationDescriptor Descriptor => AnalysisOperations.Deletion;

    internal override IEnumerable<OdcResource?> Parts => [Error, Report];
}

/// <summary>The result of a deletion analysis.</summary>
public sealed class OdcDeletionReport : OdcResource
{
    public string? Status { get; set; }

    [JsonPropertyName("deployedEnvironments")]
    public IReadOnlyList<OdcDeletionStage>? DeployedStages { get; set => field = value.Present(); }

    public IReadOnlyList<OdcDeletionDomain>? ImpactedDomains { get; set => field = value.Present(); }

    public IReadOnlyList<OdcDeletionImpact>? ImpactedAssets { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => [.. DeployedStages ?? [], .. ImpactedDomains ?? [], .. ImpactedAssets ?? []];

    public override string ToString() => Status ?? "";
}

/// <summary>A stage that the asset runs in.</summary>
[Columns("Name 28", "Purpose 13", "StageKey")]
public sealed class OdcDeletionStage : OdcResource
{
    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; set; }

    public string? Name { get; set; }

    public string? Purpose { get; set; }

    public override string ToString() => Name ?? StageKey ?? "";
}

/// <summary>A domain whose default app is the asset.</summary>
[Columns("Hostname 55", "StageName 23", "DomainKey")]
public sealed class OdcDeletionDomain : OdcResource
{
    [JsonPropertyName("key")]
    public string? DomainKey { get; set; }

    public string? Hostname { get; set; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; set; }

    [JsonPropertyName("environmentName")]
    public string? StageName { get; set; }

    public override string ToString() => Hostname ?? "";
}

/// <summary>An asset that uses the asset that would be deleted.</summary>
[Columns("Name 33", "Type 20", "PortfolioName 24", "AssetKey")]
public sealed class OdcDeletionImpact : OdcResource
{
    public string? AssetKey { get; set; }

    public string? Name { get; set; }

    public string? Type { get; set; }

    public string? PortfolioKey { get; set; }

    public string? PortfolioName { get; set; }

    public IReadOnlyList<OdcDeletionImpactRevision>? DeployedRevisions { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => DeployedRevisions ?? [];

    public override string ToString() => Name ?? AssetKey ?? "";
}

/// <summary>A deployed revision that uses the asset that would be deleted.</summary>
[Columns("Revision 8", "StageKey 36", "ConsumerType 24", "Severity 8", "IndirectLibraryHint")]
public sealed class OdcDeletionImpactRevision : OdcResource
{
    public int? Revision { get; set; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; set; }

    public string? ConsumerType { get; set; }

    /// <summary>Warning or Error.</summary>
    public string? Severity { get; set; }

    public string? IndirectLibraryHint { get; set; }

    public IReadOnlyList<OdcDependencyPath>? IndirectDependencies { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => IndirectDependencies ?? [];

    public override string ToString() => $"revision {Revision}";
}

/// <summary>The libraries through which an asset depends on another.</summary>
[Columns("Path")]
public sealed class OdcDependencyPath : OdcResource
{
    public IReadOnlyList<OdcIndirectElement>? IndirectElements { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => IndirectElements ?? [];

    /// <summary>The libraries in their order; - for a direct dependency.</summary>
    [JsonIgnore]
    public string Path => IndirectElements is { Count: > 0 } ? string.Join(" > ", IndirectElements) : "-";

    public override string ToString() => string.Join(" > ", IndirectElements ?? []);
}

/// <summary>A library between an asset and one that it depends on.</summary>
[Columns("Name 35", "Revision 8", "PortfolioName 34", "AssetKey")]
public sealed class OdcIndirectElement : OdcResource
{
    public string? AssetKey { get; set; }

    public string? Name { get; set; }

    public int? Revision { get; set; }

    public string? PortfolioKey { get; set; }

    public string? PortfolioName { get; set; }

    public override string ToString() => Name ?? AssetKey ?? "";
}
