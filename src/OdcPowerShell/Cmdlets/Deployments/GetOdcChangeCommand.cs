namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets what changed since a date: new revisions, builds, publications, deployments, undeployments and applied configurations of all stages.</summary>
/// <remarks>
/// <para>Writes one time line, the newest first, with the names of assets, stages and people. The property Who is the name of the user. API clients are shown by their keys, because their names can't be read.</para>
/// <para>Not included: builds of assets without another change in the same period, because the service lists builds by asset only (with -Asset, all builds of these assets are included); changes of users, roles and settings; changes in stages that the API client may not view; revisions and builds of deleted assets. The date of a deployment is its start, and Status shows how it ended.</para>
/// <para>Each source needs its own permission. If one is missing, a warning names the source, and the other sources are read. If all are missing, it is an error.</para>
/// <para>Requests: the stages, a list of deployments for each stage, two lists of publications, the assets, one list of revisions and one of builds for each asset that changed, and one request for the names of each 20 people. -Kind and -Asset avoid the requests that are not needed. Without builds, rows are written while they are read.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcChange (Get-Date).AddDays(-7)</code>
/// <para>Gets all changes of the last week.</para>
/// </example>
/// <example>
/// <code>Get-OdcChange -Since (Get-Date).AddDays(-1) -Stage Production | Where-Object Status -eq FinishedWithError | Get-OdcDeploymentMessage</code>
/// <para>Gets the messages of deployments to production that failed since yesterday.</para>
/// </example>
/// <example>
/// <code>Get-OdcChange -Since 2026-01-01 -Before 2026-02-01 | Export-Csv january.csv -NoTypeInformation</code>
/// <para>Saves the changes of a month.</para>
/// </example>
/// <example>
/// <code>Get-OdcChange -Since (Get-Date).AddDays(-30) -Asset 'Order Desk' -Kind Revision, Deployment | Select-Object ChangedAt, Kind, Revision, StageName, Who, CommitMessage</code>
/// <para>Shows the history of an app in the last month.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcChange", SupportsPaging = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), When = "for deployments, undeployments and configurations", IsOptional = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterPublications), When = "for publications", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for revisions and builds, and for the names of assets", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), When = "for revisions", IsOptional = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds), When = "for builds", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "for the stages")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "for the names of users", IsOptional = true)]
[OutputType(typeof(OdcChange))]
public sealed class GetOdcChangeCommand : ListCmdlet
{
    private readonly List<string> _assetKeys = [];
    private bool _hasInput;

    /// <summary>Only changes at this time or later. A time without a zone is local time.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Date]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only changes before this time. A time without a zone is local time.</summary>
    [Parameter]
    [Alias("To")]
    [Date]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only publications, deployments, undeployments and applied configurations in these stages: names, keys, or objects from Get-OdcStage. Revisions and builds belong to no stage, and are left out.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only changes of these assets: objects from Get-OdcAsset, names, keys, or rows with a column AssetKey. Piped assets are gathered into one request.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>Only changes of these kinds: Revision, Build, Publication, Deployment, Undeployment, Configuration (one that was applied).</summary>
    [Parameter]
    [ValidateSet(ChangeKinds.Revision, ChangeKinds.Build, ChangeKinds.Publication, ChangeKinds.Deployment, ChangeKinds.Undeployment, ChangeKinds.Configuration)]
    public string[] Kind { get; set; } = [.. ChangeKinds.Known];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Stage.Length > 0 && Kinds.All(kind => kind is ChangeKinds.Revision or ChangeKinds.Build))
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "Revisions and builds belong to no stage.", "Leave -Stage out, or specify other kinds with -Kind."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _hasInput = true;
        _assetKeys.AddRange(Asset.Select(KeyOf).OfType<string>());
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // If the pipeline is empty or none of the assets exists, the time line must not contain everything.
        if (!_hasInput || (_assetKeys.Count == 0 && (Asset.Length > 0 || MyInvocation.ExpectingInput)) || HasEnough)
            return;
        var stages = Run(StagesAsync);
        var size = (int)Math.Max(1, Math.Min(PageSize, Window.First > PageSize ? PageSize : Window.First + Window.Skip));
        var scope = new ChangeScope(Since!.Value, Before, Kinds, stages, [.. _assetKeys.Distinct(StringComparer.OrdinalIgnoreCase)], size);
        WriteAll(new ChangeTimeline(Client, scope).Window(Window));
        base.EndProcessing();
    }

    private HashSet<string> Kinds => new(Kind.Select(typed => ChangeKinds.Known.First(known => string.Equals(known, typed, StringComparison.OrdinalIgnoreCase))), StringComparer.Ordinal);

    private async Task<IReadOnlyList<OdcStage>> StagesAsync(CancellationToken stopped)
    {
        if (Stage.All(wanted => wanted.Resource is OdcStage))
            return [.. Stage.Select(wanted => (OdcStage)wanted.Resource!).GroupBy(s => s.StageKey, StringComparer.OrdinalIgnoreCase).Select(same => same.First())];
        var visible = await Client.Names.Stages.GetAsync(Caller, stopped);
        return [.. Stage.Select(wanted => wanted.Key!).Distinct(StringComparer.OrdinalIgnoreCase).Select(key =>
            visible.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)) ?? throw ResourceTypes.Stage.NotFoundKey(key))];
    }
}
