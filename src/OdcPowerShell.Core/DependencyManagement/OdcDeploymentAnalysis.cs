using OdcPowerShell.Operations;

namespace OdcPowerShell.DependencyManagement;

/// <summary>What the deployment of a revision to a stage would break there: the impact analysis of the ODC Portal.</summary>
[Columns("AssetName 24", "Revision 8", "StageName 14", "ReportStatus 19", "IssueCount 10", "ProcessStatus")]
public sealed class OdcDeploymentAnalysis : OdcAnalysis
{
    public OdcDeploymentReport? Report { get; set; }

    /// <summary>The analysed revision, if known.</summary>
    [JsonIgnore]
    public int? Revision { get; internal set; }

    [JsonIgnore]
    public override string? ReportStatus => Report?.Status;

    /// <summary>The issues that were found, one line each, errors first.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Issues =>
        new OdcList<string>([.. (Report?.ImpactedAssets ?? []).SelectMany(a => a.Issues).OrderBy(i => i.Severity == "Error" ? 0 : 1).Select(i => i.Text)]);

    [JsonIgnore]
    public int IssueCount => Issues.Count;

    private protected override OperationDescriptor Descriptor => AnalysisOperations.Deployment;

    internal override IEnumerable<OdcResource?> Parts => [Error, Report];
}

/// <summary>The result of an impact analysis.</summary>
public sealed class OdcDeploymentReport : OdcResource
{
    public string? Status { get; set; }

    public IReadOnlyList<OdcDeploymentImpact>? ImpactedAssets { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => ImpactedAssets ?? [];

    public override string ToString() => Status ?? "";
}

/// <summary>The effect of a deployment on one asset of the stage.</summary>
[Columns("AssetKey 36", "Revision 8", "ReferenceType 13", "ElementIssueCount 19", "ApplicationIssueCount 21")]
public sealed class OdcDeploymentImpact : OdcResource
{
    public string? AssetKey { get; set; }

    public int? Revision { get; set; }

    public string? Type { get; set; }

    /// <summary>Producer, Consumer, None or Deployed.</summary>
    public string? ReferenceType { get; set; }

    public IReadOnlyList<OdcElementIssue>? ElementLevelIssues { get; set => field = value.Present(); }

    public IReadOnlyList<OdcApplicationIssue>? ApplicationLevelIssues { get; set => field = value.Present(); }

    [JsonIgnore]
    public int? ElementIssueCount => ElementLevelIssues?.Count;

    [JsonIgnore]
    public int? ApplicationIssueCount => ApplicationLevelIssues?.Count;

    internal override IEnumerable<OdcResource?> Parts => [.. ElementLevelIssues ?? [], .. ApplicationLevelIssues ?? []];

    internal IEnumerable<(string? Severity, string Text)> Issues => (ApplicationLevelIssues ?? []).Select(i => (i.ConflictSeverity, $"{i.ConflictSeverity}: {i} ({ReferenceType} {AssetKey})"))
        .Concat((ElementLevelIssues ?? []).Select(i => (i.ConflictSeverity, $"{i.ConflictSeverity}: {i} ({ReferenceType} {AssetKey})")));

    public override string ToString() => AssetKey ?? "";
}

/// <summary>A conflict of an element, such as a missing screen.</summary>
[Columns("Name 23", "ConflictSeverity 16", "ConflictType 19", "Type 18", "Hint")]
public sealed class OdcElementIssue : OdcResource
{
    public string? Name { get; set; }

    public string? Type { get; set; }

    /// <summary>MissingElement or IncompatibleElement.</summary>
    public string? ConflictType { get; set; }

    /// <summary>Warning or Error.</summary>
    public string? ConflictSeverity { get; set; }

    public string? IncompatibilityType { get; set; }

    public string? Hint { get; set; }

    public override string ToString() => string.Join(" ", new[] { ConflictType, Type, Name }.Where(part => !string.IsNullOrEmpty(part))) + (Hint is null ? "" : ": " + Hint);
}

/// <summary>A conflict of an asset as a whole, such as a name that is taken.</summary>
[Columns("ConflictSeverity 16", "ConflictType 20", "Hint")]
public sealed class OdcApplicationIssue : OdcResource
{
    /// <summary>NameCollision, MissingApplication, UrlDiscrepancy or UnsupportedRuntime.</summary>
    public string? ConflictType { get; set; }

    /// <summary>Warning or Error.</summary>
    public string? ConflictSeverity { get; set; }

    public string? Hint { get; set; }

    public override string ToString() => $"{ConflictType}{(Hint is null ? "" : ": " + Hint)}";
}

/// <summary>Analyses as long-running operations.</summary>
internal static class AnalysisOperations
{
    internal static OperationDescriptor<OdcDeploymentAnalysis> Deployment { get; } = new(
        "deployment analysis",
        "Get-OdcDeploymentAnalysis",
        (client, analysis, caller, cancellationToken) => client.GetAsync(AnalysesApi.GetDeploymentAnalysis, [analysis.AnalysisKey!], query: null, caller, cancellationToken),
        (_, analysis, _, _) => Explain(analysis))
    {
        UnnamedAsset = Unnamed,
        About = (client, analysis) => About(client, analysis, analysis.Revision),
        Complete = (before, now) => (now.Revision, now.AssetName, now.StageName, now.AssetKey) = (before.Revision, before.AssetName, before.StageName, now.AssetKey ?? before.AssetKey),
    };

    internal static OperationDescriptor<OdcDeletionAnalysis> Deletion { get; } = new(
        "deletion analysis",
        "Get-OdcDeletionAnalysis",
        (client, analysis, caller, cancellationToken) => client.GetAsync(AnalysesApi.GetDeletionAnalysis, [analysis.AnalysisKey!], query: null, caller, cancellationToken),
        (_, analysis, _, _) => Explain(analysis))
    {
        UnnamedAsset = Unnamed,
        About = (client, analysis) => About(client, analysis, revision: null),
        Complete = (before, now) => (now.AssetName, now.StageName, now.AssetKey) = (before.AssetName, before.StageName, now.AssetKey ?? before.AssetKey),
    };

    /// <summary>An analysis that was just started: the answer contains only its key.</summary>
    internal static OdcDeploymentAnalysis Started(StartedAnalysis started, string assetKey, string? assetName, int revision, string stageKey, string? stageName) => new()
    {
        AnalysisKey = started.AnalysisKey,
        Unknown = started.Unknown,
        ProcessStatus = "InProgress",
        AssetKey = assetKey,
        StageKey = stageKey,
        AssetName = assetName,
        Revision = revision,
        StageName = stageName,
    };

    /// <summary>The key of an analysis that was just started.</summary>
    /// <exception cref="OdcException">The answer has no key.</exception>
    internal static string RequiredKey(StartedAnalysis started, string what) => started.AnalysisKey is { Length: > 0 } key ? key : throw new OdcException(
        OdcErrorCause.UnexpectedResponse, $"The service started {what}, but did not return its key: it can't be waited for.", "Start it again.");

    private static Task<IReadOnlyList<string>> Explain(OdcAnalysis analysis) =>
        Task.FromResult<IReadOnlyList<string>>(analysis.Error?.ToString() is { Length: > 0 } reason ? [reason] : []);

    private static string? Unnamed(OdcAnalysis analysis) => analysis.AssetName is null ? analysis.AssetKey : null;

    private static string? About(OdcClient client, OdcAnalysis analysis, int? revision) => (analysis.AssetName ?? client.Names.AssetNames.Of(analysis.AssetKey)) is { } name
        ? name + (revision is null ? "" : FormattableString.Invariant($" revision {revision}")) + (analysis.StageName is null ? "" : $" to {analysis.StageName}")
        : null;
}
