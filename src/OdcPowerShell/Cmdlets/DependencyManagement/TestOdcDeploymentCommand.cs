namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Analyses what deployments would break, and waits for the result.</summary>
/// <remarks>
/// <para>You can pipe the result to Start-OdcDeployment: it contains asset, revision and target stage. Libraries are left out with a warning, because they are never deployed.</para>
/// <para>Without -Revision, the latest revision of an asset is analyzed, which may not be the one that runs in the stage before: pipe what runs there, as in the examples.</para>
/// <para>ReportStatus is NoIssuesFound, WarningsFound or ErrorsFound. With -ErrorOnConflict, an analysis that found errors is an error here and is not passed on.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat | Test-OdcDeployment -Stage Production</code>
/// <para>Analyses whether what runs in QA can go to Production.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage QA -Flat | Test-OdcDeployment -Stage Production -ErrorOnConflict | Start-OdcDeployment -WhatIf</code>
/// <para>Shows the deployment to Production of all assets in QA that have no conflict.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "OdcDeployment")]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.StartDeploymentAnalysis))]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeploymentAnalysis))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for names and types", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcDeploymentAnalysis))]
public sealed class TestOdcDeploymentCommand : ConnectedCmdlet
{
    private readonly List<(ObjectReference Asset, int Revision)> _wanted = [];

    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision: its number or its tag. Without it, the latest revision of an asset that is specified by name or key.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>The target stage, by name or key.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference Stage { get; set; } = null!;

    /// <summary>Writes an error for an analysis that finds errors, instead of the analysis.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ErrorOnConflict { get; set; }

    /// <summary>How many seconds to wait at most.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = 600;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is { } key && RevisionOf(asset, key, Revision) is { } revision)
                _wanted.Add((asset, revision));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_wanted.Count > 0)
            Analyze();
        base.EndProcessing();
    }

    private void Analyze()
    {
        Run(async stopped =>
        {
            await Client.Names.AssetNames.LearnAsync(_wanted.Select(w => w.Asset.Key), Caller, stopped);
            return true;
        });
        var loop = NewLoop(TimeoutSec, stallTimeoutSec: 0);
        foreach (var (asset, revision) in _wanted)
            Start(loop, asset, revision);
        this.WaitForAll(loop, Judge);
    }

    private void Start(WaitingLoop loop, ObjectReference asset, int revision)
    {
        var (name, type) = (Client.Names.AssetNames.Of(asset.Key), Client.Names.AssetNames.Find(asset.Key)?.AssetType);
        if (type?.EndsWith("Library", StringComparison.OrdinalIgnoreCase) == true)
        {
            WriteWarning($"{name} is a {type} and not analysed: it travels inside the apps that use it.");
            return;
        }

        var body = new RequestBody().Add("assetKey", asset.Key).Add("revision", revision).Add("environmentKey", Stage);
        var request = AnalysesApi.StartDeploymentAnalysis.Request([], body: body.ToContent());
        if (RunFor(asset.Target, stopped => Client.SendAsync(request, AnalysesApi.StartDeploymentAnalysis, Caller, stopped)) is not { } started
            || RunFor(asset.Target, () => AnalysisOperations.RequiredKey(started, $"an analysis of {asset}")) is null)
            return;
        loop.Add(AnalysisOperations.Started(started, asset.Key!, name, revision, Stage.Key!, Stage.Name));
    }

    private void Judge(WaitOutcome outcome)
    {
        if (!this.EndedWell(outcome))
            return;
        var analysis = (OdcDeploymentAnalysis)outcome.Operation;
        var what = $"{analysis.AssetName ?? analysis.AssetKey} revision {analysis.Revision} to {analysis.StageName ?? analysis.StageKey}";
        if (ErrorOnConflict && analysis.ReportStatus == "ErrorsFound")
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.Conflict, $"{what}: {string.Join(" ", analysis.Issues)}", "Fix the errors, then test again."), analysis));
            return;
        }

        if (analysis.Issues.Count > 0)
            WriteWarning($"{what}: {string.Join(" ", analysis.Issues)}");
        Write(analysis);
    }
}
