namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Compares the assets in two stages: which stage is behind, by how many revisions, and since when.</summary>
/// <remarks>
/// <para>Writes one row for each asset that runs in either stage. Reference and Difference are the revisions, with their tags, of the first and the second stage. Behind is the name of the stage with the older revision, and is empty if both run the same. A stage without the asset is behind too, and RevisionsBehind is then empty.</para>
/// <para>Since is the time when the newer revision was deployed to the stage that is ahead. Builds and configurations are not compared.</para>
/// <para>One list of deployed assets covers both stages.</para>
/// </remarks>
/// <example>
/// <code>Compare-OdcStage QA Production | Where-Object Behind -eq Production</code>
/// <para>Lists the assets that production does not run yet, or runs in an older revision.</para>
/// </example>
/// <example>
/// <code>Compare-OdcStage QA Production -OutFile drift.md</code>
/// <para>Writes the comparison as a Markdown table too, for a wiki or a pull request.</para>
/// </example>
/// <example>
/// <code>Compare-OdcStage QA Production | Where-Object { $_.Behind -eq 'Production' -and $_.Since -lt (Get-Date).AddDays(-14) } | Sort-Object Since</code>
/// <para>Lists the assets that have waited in QA for more than two weeks.</para>
/// </example>
/// <example>
/// <code>Compare-OdcStage QA Production -Name Claim* | Where-Object Behind -eq Production | Get-OdcDeployedAsset -Stage QA -Flat | Start-OdcDeployment -Stage Production -WhatIf</code>
/// <para>Shows what a deployment of the differences would do. The rows of a comparison can't be piped to a deployment.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "OdcStage", SupportsPaging = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "ReferenceStage or DifferenceStage")]
[OutputType(typeof(OdcStageComparison))]
public sealed class CompareOdcStageCommand : ListCmdlet
{
    private bool _isEmpty = true;
    private StageReport? _report;

    /// <summary>The stage to compare with: a name, a key, or an object from Get-OdcStage.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? ReferenceStage { get; set; }

    /// <summary>The stage to compare with the reference stage: a name, a key, or an object from Get-OdcStage.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? DifferenceStage { get; set; }

    /// <summary>Only assets with this name; wildcards are allowed. A name without wildcards that no asset has there is an error.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcAsset))]
    public string? Name { get; set; }

    /// <summary>Only assets of these types: WebApplication, MobileApplication, Workflow or Agent.</summary>
    [Parameter]
    [Alias("AssetType")]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.DeployableTypes)]
    [QueryParameter("type")]
    public string[]? Type { get; set; }

    /// <summary>Writes the same rows to a file: .xml for JUnit with one test case for each asset, or .md for a Markdown table.</summary>
    [Parameter]
    public string? OutFile { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (OutFile is not null)
            _report = Run(() => new StageReport(this, OutFile));
    }

    private protected override void Written(OdcResource resource) => _report?.Add((OdcStageComparison)resource);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var (reference, difference) = (StageOf(ReferenceStage!), StageOf(DifferenceStage!));
        if (HasEnough)
            return;
        if (string.Equals(reference.StageKey, difference.StageKey, StringComparison.OrdinalIgnoreCase))
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"Both stages are {reference}.", "Specify two different stages."), reference));

        WriteNamed(Name, "asset in these stages", QueryBinder.Bind(this).AddJoined("environmentKey", [reference.StageKey!, difference.StageKey!]), (query, window) => Read(query, window, reference, difference));
        if (_isEmpty && Name is null && Type is null && PagingParameters is { Skip: 0, First: > 0 })
            WriteError(ErrorRecords.From(NothingRuns(reference, difference), target: null));
        if (_report is not null && Try(() => _report.Write(reference, difference)).Failure is { } unwritten)
            WriteError(ErrorRecords.From(unwritten, OutFile));
        base.EndProcessing();
    }

    private IPagedList<OdcStageComparison> Read(Query query, ListWindow window, OdcStage reference, OdcStage difference) =>
        new OffsetPages<OdcDeployedAsset>(Client, PortfoliosApi.ListDeployedAssets, query, window).Do(_ => _isEmpty = false)
            .SelectMany(asset => new[] { OdcStageComparison.Of(asset, reference, difference) }.Where(row => row.ReferenceRevision is not null || row.DifferenceRevision is not null));

    private OdcStage StageOf(ObjectReference stage)
    {
        if (stage.Resource is OdcStage known)
            return known;
        var key = Run(stopped => stage.ToKeyAsync(Client, Within, Caller, stopped));
        var stages = Run(stopped => Client.Names.Stages.GetAsync(Caller, stopped));
        return stages.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)) ?? Run<OdcStage>(_ => throw ResourceTypes.Stage.NotFoundKey(key));
    }

    private static OdcException NothingRuns(OdcStage reference, OdcStage difference) => new(
        OdcErrorCause.NotFound, $"Nothing that this API client can see runs in {reference} or {difference}.", "If something should run there, grant the API client Stage > View stage for these stages in the ODC Portal.");
}
