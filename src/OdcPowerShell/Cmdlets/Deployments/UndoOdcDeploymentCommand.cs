using System.Globalization;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Deploys the revisions of assets that ran in a stage before the last successful deployment.</summary>
/// <remarks>
/// <para>Failed deployments do not count. -To goes back to another revision. As with any deployment, the database is not changed back. The command shows the plan and asks once before it changes a production stage; -WhatIf only shows the plan.</para>
/// <para>With -Wait, assets that others use are deployed first, as by Start-OdcDeployment.</para>
/// </remarks>
/// <example>
/// <code>Undo-OdcDeployment 'Order Desk' -Stage Production -WhatIf</code>
/// <para>Shows the revision that an asset would go back to.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployment -Stage QA -Since (Get-Date).AddHours(-2) -Operation Deploy -Status Finished | Undo-OdcDeployment -Stage QA -Wait -WhatIf</code>
/// <para>Shows how all deployments to QA of the last two hours would be undone.</para>
/// </example>
[Cmdlet(VerbsCommon.Undo, "OdcDeployment", SupportsShouldProcess = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeploymentMessages), When = "for a deployment that failed", IsOptional = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild), IsOptional = true)]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds), When = "if that build no longer exists", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets))]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListProducers), With = "Wait", When = "for several assets", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for names and types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "To")]
[OutputType(typeof(OdcDeployment))]
public sealed class UndoOdcDeploymentCommand : DeploymentCmdlet
{
    private readonly Dictionary<string, ObjectReference> _wanted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The assets: names, keys, or objects, such as the deployments to undo.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployment), typeof(OdcDeployedAsset), typeof(OdcDeployedRevision)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stage, by name or key. The stage of a piped deployment is never used.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference Stage { get; set; } = null!;

    /// <summary>The revision to go back to: its number or its tag. Without it, the revision that ran there before the last successful deployment.</summary>
    [Parameter]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? To { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is { } key && !_wanted.ContainsKey(key))
                _wanted[key] = asset;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_wanted.Count > 0)
            Undo();
        base.EndProcessing();
    }

    private void Undo()
    {
        var stage = StageOf(Stage.Key!);
        var running = Run(stopped => DeploymentPlanner.RunningAsync(Client, stage.StageKey!, [.. _wanted.Keys], Caller, stopped));
        var items = new List<ReleaseItem>();
        foreach (var wanted in _wanted)
        {
            if (RunFor(wanted.Value.Target, stopped => ItemAsync(wanted.Value, stage, running.RevisionOf(wanted.Key), stopped)) is { } item)
                items.Add(item);
        }

        if (items.Count > 0)
            Release([stage], items, Options(ResumeCommand(RowsOf(items), [stage], buildsIfMissing: false)), source: null, report: null);
    }

    private async Task<ReleaseItem> ItemAsync(ObjectReference asset, OdcStage stage, int? running, CancellationToken stopped)
    {
        if (To is not null)
        {
            var revision = To.Number ?? (await RevisionLookup.FindAsync(Client, asset, asset.Key!, To.Tag, Caller, stopped)).Revision;
            return new ReleaseItem(asset.Key!, revision!.Value, asset.Target) { Tag = To.Tag };
        }

        if (running is null)
            throw new OdcException(OdcErrorCause.NotFound, $"{asset.Label} does not run in {stage}.", "Deploy the wanted revision with Start-OdcDeployment -Revision.");
        var before = await BeforeAsync(asset, stage, running.Value, stopped);
        var build = before.BuildKey is null ? null : await BuildAsync(before.BuildKey, stopped);
        if (build is null && before.Revision == running)
            throw new OdcException(OdcErrorCause.NotFound, $"Before, {asset.Label} ran in {stage} with another build of revision {running}, which is gone.", "Use -To to specify another revision.");
        return new ReleaseItem(asset.Key!, before.Revision!.Value, asset.Target)
        {
            ProvenBuildKey = build is { IsSuccess: true, BuildType: BuildOperations.Release } ? build.BuildKey : null,
            IsAnotherBuild = before.Revision == running,
        };
    }

    /// <summary>The successful deployment before the current one.</summary>
    private async Task<OdcDeployment> BeforeAsync(ObjectReference asset, OdcStage stage, int running, CancellationToken stopped)
    {
        var query = new Query().Add("environmentKey", stage.StageKey).Add("assetKey", asset.Key).Add("sort", "-CreatedAt");
        var history = new OffsetPages<OdcDeployment>(Client, DeploymentsApi.FilterDeployments, query, new ListWindow());
        OdcDeployment? current = null;
        await foreach (var page in history.PagesAsync(Caller, stopped))
        {
            foreach (var operation in page.Where(o => o.Operation is "Deploy" or "Undeploy"))
            {
                if (!operation.IsTerminal)
                    throw new OdcException(OdcErrorCause.Conflict, $"{asset.Label} has a running operation in {stage} ({operation.Operation}).", $"Wait for it first: Get-OdcDeployment {operation.OperationKey} | Wait-OdcOperation");
                if (!operation.IsSuccess || operation.Revision is null)
                    continue;
                if (operation.Operation == "Undeploy")
                {
                    throw new OdcException(
                        OdcErrorCause.NotFound, $"Before revision {running}, {asset.Label} did not run in {stage}: it was undeployed on {operation.FinishedDateTime?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.",
                        $"Use -To to specify a revision, such as -To {operation.Revision}.");
                }

                if (current is null && operation.Revision == running)
                    current = operation;
                else if (operation.Revision != running || operation.BuildKey != current?.BuildKey)
                    return operation;
            }
        }

        throw new OdcException(OdcErrorCause.NotFound, $"No deployment of {asset.Label} to {stage} before revision {running} is on record.", "Use -To to specify a revision.");
    }

    private async Task<OdcBuild?> BuildAsync(string key, CancellationToken stopped)
    {
        try
        {
            return await Client.GetAsync(BuildsApi.GetBuild, [key], query: null, Caller, stopped);
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.NotFound or OdcErrorCause.AccessDenied)
        {
            // The plan then searches for another build of the revision.
            return null;
        }
    }
}
