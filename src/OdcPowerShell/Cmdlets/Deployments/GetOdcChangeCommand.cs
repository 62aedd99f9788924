namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets what changed since a date: new revisions, builds, publications, deployments, undeployments and applied configurations of all stages.</summary>
/// <remarks>
/// <para>Writes one time line, the newest first, with the names of assets, stages and people. Who is the name of the user who did it. An API client, whose name can't be read, is shown by its key.</para>
/// <para>What can't be seen: builds of assets without another change in the same time, because the service lists builds by asset only (with -Asset, all builds of these assets are there); changes of users, roles and settings; what happened in stages that the API client may not view; revisions and builds of assets that were deleted. Of deployments, the date is the start, and Status says how they ended.</para>
/// <para>Each source needs a permission of its own. Where one is missing, a warning names the source, and the others come. That all are missing is an error.</para>
/// <para>Requests: the stages, a list of deployments for each stage, two lists of publications, the assets, one list of revisions and one of builds for each asset that changed, and the names of 20 people each. -Kind and -Asset save those that are not needed. Without builds, rows come as they are read.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcChange (Get-Date).AddDays(-7)</code>
/// <para>Gets all changes of the last week.</para>
/// </example>
/// <example>
/// <code>Get-OdcChange -Since (Get-Date).AddDays(-1) -Stage Production | Where-Object Status -eq FinishedWithError | Get-OdcDeploymentMessage</code>
/// <para>Gets the messages of what failed in production since yesterday.</para>
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
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), When = "for deployments, undeployments and configurations")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterPublications), When = "for publications")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for revisions and builds, and for the names of assets")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), When = "for revisions")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds), When = "for builds")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "for the stages", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "for the names of users", IsOptional = true)]
[OutputType(typeof(OdcChange))]
public sealed class GetOdcChangeCommand : ListCmdlet
{
    private readonly List<string> _assetKeys = [];
    private bool _hasInput;

    /// <summary>Only what happened then or later. A time without a zone is local time.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Date]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only what happened before then. A time without a zone is local time.</summary>
    [Parameter]
    [Date]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only publications, deployments, undeployments and applied configurations in these stages: names, keys, or objects from Get-OdcStage. Revisions and builds belong to no stage, and are left out.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only changes of these assets: objects from Get-OdcAsset, names, keys, or rows with a column AssetKey. Those that are piped are asked for together.</summary>
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
        // An empty pipeline, or assets of which none is there, must not become a time line of everything.
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
