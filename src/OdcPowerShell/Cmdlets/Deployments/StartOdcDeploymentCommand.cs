namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Deploys revisions of assets to one stage or to several, one after the other.</summary>
/// <remarks>
/// <para>Specify the assets, or with -FromStage the source stage: then all revisions that differ are deployed, or only those of -Asset. For each revision the newest finished Release build is deployed; -BuildIfMissing starts a build if there is none. A Debug build is rejected. Libraries are left out with a warning, because they are part of the apps that use them. A revision that already runs in the stage is left out with a warning; -Force deploys it again. The service allows ten starts a minute.</para>
/// <para>The target is the stage of -Stage, or that of a piped deployment analysis. The stage that a piped asset runs in is never the target. The command shows the plan and asks once before it deploys to a production stage, to a stage whose purpose is not known, or from a later stage to an earlier one, unless you use -Confirm:$false. -WhatIf shows the plan as a table.</para>
/// <para>A result of Test-OdcCodeQuality is taken as what was tested, with its target stage or its build. One that did not pass is rejected.</para>
/// <para>With -Wait, assets that others use are deployed first, and assets that use a failed one are not deployed. The wait outlives outages until -TimeoutSec. With several stages, the next one starts when all deployments to the one before succeeded. An interrupted run shows the command that completes it: that command skips what runs already, and waits for what is being deployed.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcDeployment -FromStage QA -Stage Production -Wait -Confirm:$false</code>
/// <para>Deploys all assets whose revision in QA differs from Production, in the order of their dependencies, and waits for them.</para>
/// </example>
/// <example>
/// <code>Start-OdcDeployment -FromStage Development -Stage QA, Production -Asset 'Order Desk', Claim* -BuildIfMissing -Wait -WhatIf</code>
/// <para>Shows the plan that would deploy some assets to QA and then to Production.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat | Test-OdcDeployment -Stage Production -ErrorOnConflict | Start-OdcDeployment -Wait -Confirm:$false</code>
/// <para>Deploys what runs in QA to Production, if the impact analysis finds no error.</para>
/// </example>
/// <example>
/// <code>Start-OdcDeployment 'Order Desk' -Stage QA -BuildIfMissing -Wait -OutFile result.xml</code>
/// <para>Deploys the latest revision of an asset, and writes the outcome as JUnit XML for the test tab of a pipeline.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcDeployment", SupportsShouldProcess = true, DefaultParameterSetName = AssetSet)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), When = "for deployments that run", IsOptional = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeploymentMessages), When = "for a deployment that failed")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds), When = "to find the build")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.GetBuild), With = "BuildKey or BuildIfMissing")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.StartBuild), With = "BuildIfMissing")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets))]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListProducers), With = "Wait", When = "for several assets", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), LooksUp = "Asset", Without = "FromStage")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for names and types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage or FromStage")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision, FromStage", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcDeployment))]
public sealed class StartOdcDeploymentCommand : DeploymentCmdlet
{
    private const string AssetSet = "Asset";
    private const string FromStageSet = "FromStage";
    private readonly List<(IReadOnlyList<string> StageKeys, ReleaseItem Item)> _wanted = [];
    private readonly Dictionary<string, StageState> _states = new(StringComparer.OrdinalIgnoreCase);
    private DeploymentReport? _report;

    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys. With -FromStage, names may have wildcards, and without -Asset all assets that differ are deployed.</summary>
    [Parameter(ParameterSetName = AssetSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = FromStageSet, Position = 0)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcDeployedRevision), typeof(OdcBuild), typeof(OdcDeployment), typeof(OdcDeploymentAnalysis), typeof(OdcCodeQualityResult)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision to deploy: its number or its tag. Without it, the latest revision of an asset that is specified by name or key.</summary>
    [Parameter(ParameterSetName = AssetSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>The stage whose revisions are deployed, by name or key.</summary>
    [Parameter(ParameterSetName = FromStageSet, Mandatory = true)]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? FromStage { get; set; }

    /// <summary>The target stage, by name or key. Several stages need -Wait, and the next one starts when all deployments to the one before succeeded. A piped deployment analysis already has its target stage.</summary>
    [Parameter(Position = 2)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>A deployment analysis from Test-OdcDeployment, with the asset, the revision and the target stage. An analysis that found errors is rejected unless you use -Force.</summary>
    [Parameter(ParameterSetName = AssetSet, ValueFromPipeline = true)]
    [Exactly(typeof(OdcDeploymentAnalysis))]
    public OdcDeploymentAnalysis? Analysis { get; set; }

    /// <summary>A build from Start-OdcBuild: exactly this build is deployed.</summary>
    [Parameter(ParameterSetName = AssetSet, ValueFromPipeline = true)]
    [Exactly(typeof(OdcBuild))]
    public OdcBuild? Build { get; set; }

    /// <summary>Key of the build to deploy, for a single asset. Without it, the newest finished Release build of the revision.</summary>
    [Parameter(ParameterSetName = AssetSet)]
    public Guid? BuildKey { get; set; }

    /// <summary>Starts a Release build if there is no finished one, and waits for it.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter BuildIfMissing { get; set; }

    /// <summary>Also deploys revisions that already run in the stage, revisions whose analysis found errors, and to a stage that is not ready.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the outcome to a file: .json, or .xml for JUnit with one test case for each asset and stage.</summary>
    [Parameter]
    public string? OutFile { get; set; }

    // With -FromStage, names are looked up among the assets that run there, and may have wildcards.
    private protected override bool IsLookedUp(ObjectReference reference) => ParameterSetName != FromStageSet || reference.Type != ResourceTypes.Asset;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Input that turns out to be empty must not mean all assets.
        if (FromStage is not null && MyInvocation.ExpectingInput)
            Reject("With -FromStage, nothing is taken from the pipeline.", "Specify the assets with -Asset. Or leave -FromStage out: then the piped revisions are deployed.");
        var keys = Stage.Select(s => s.Key).ToList();
        if (keys.Count > 1 && !Wait)
            Reject("Several stages were specified with -Stage, but the deployments are not waited for.", "Use -Wait: the next stage starts when the one before ended well.");
        if (keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < keys.Count)
            Reject("A stage was specified twice with -Stage.", "Specify each stage once, in the order of the deployments.");
        if (FromStage is not null && keys.Count == 0)
            Reject("No target stage is specified.", "Specify the target stage with -Stage.");
        if (FromStage is not null && keys.Contains(FromStage.Key, StringComparer.OrdinalIgnoreCase))
            Reject($"{FromStage} is both the source and a target.", "Specify another stage with -Stage.");
        if (OutFile is not null)
            _report = Run(() => new DeploymentReport(this, OutFile));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (FromStage is not null)
            return;
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || RunFor(asset.Target, () => TargetStages(asset)) is not { } stages || RevisionOf(asset, key, Revision) is not { } revision)
                continue;
            if (Revision is null)
                WriteVerbose($"The latest revision of {asset} is {revision}.");
            _wanted.Add((stages, new ReleaseItem(key, revision, asset.Target) { Build = Build, Tag = Revision?.Tag }));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (FromStage is not null)
        {
            var source = StageOf(FromStage.Key!);
            var items = ItemsOf(source);
            if (items.Count > 0)
                Deploy([.. Stage.Select(s => s.Key!)], items, source);
        }

        // The same item may be specified twice.
        foreach (var same in _wanted.GroupBy(w => string.Join(" ", w.StageKeys), StringComparer.OrdinalIgnoreCase))
            Deploy(same.First().StageKeys, [.. same.Select(w => w.Item).GroupBy(i => (i.AssetKey.ToUpperInvariant(), i.Revision)).Select(g => g.First())], source: null);
        base.EndProcessing();
    }

    private void Deploy(IReadOnlyList<string> stageKeys, IReadOnlyList<ReleaseItem> items, OdcStage? source)
    {
        List<OdcStage> stages = [.. stageKeys.Select(StageOf)];
        foreach (var stage in stages.Where(s => !Force && StateOf(s) is not null))
            Reject($"Nothing was deployed: {stage} {StateOf(stage)}.", "Wait until the stage is ready, or use -Force to deploy anyway.");
        var options = Options(ResumeCommand(Source(items), stages, BuildIfMissing)) with { BuildsIfMissing = BuildIfMissing, Force = Force, BuildKey = BuildKey };
        Release(stages, items, options, source ?? FirstStageBefore(stages), _report, _states);
    }

    // If the stages are not in their order, the run goes backwards.
    private static OdcStage? FirstStageBefore(IReadOnlyList<OdcStage> stages) => stages.Zip(stages.Skip(1), (before, after) => (before, after)).FirstOrDefault(p => p.after.Order < p.before.Order).before;

    private List<ReleaseItem> ItemsOf(OdcStage source)
    {
        var query = new Query().Add("environmentKey", source.StageKey);
        var running = Run(stopped => DeployedAssetReader.Flat(DeployedAssetReader.Of(Client, PortfoliosApi.ListDeployedAssets, query, new ListWindow()), [source.StageKey!]).ReadAllAsync(Caller, stopped))
            .Where(r => r.AssetKey is not null && r.Revision is not null).ToList();
        var chosen = Asset.Length > 0 ? Asset.SelectMany(asset => Named(asset, running, source)).Distinct().ToList() : Differing(running, source);
        // Only builds that run after the development stage are certainly Release builds.
        return [.. chosen.Select(r => new ReleaseItem(r.AssetKey!, r.Revision!.Value, r) { AssetName = r.AssetName, Tag = r.Tag, SourceStageKey = source.StageKey, ProvenBuildKey = source.Purpose is "NonProduction" or "Production" ? r.BuildKey : null })];
    }

    private List<OdcDeployedRevision> Named(ObjectReference asset, List<OdcDeployedRevision> running, OdcStage source)
    {
        if (asset.Failure is not null)
        {
            KeyOf(asset);
            return [];
        }

        var pattern = asset.Key is null ? Run(() => new NamePattern(asset.Text)) : null;
        var found = running.Where(r => pattern?.Fits(r.AssetName) ?? string.Equals(r.AssetKey, asset.Key, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.NotFound, pattern?.IsLiteral == false ? $"No asset that runs in {source} fits '{asset.Text}'." : $"{asset} does not run in {source}.", $"Get-OdcDeployedAsset -Stage '{source}' -Flat lists what runs there."), asset.Target));
        if (pattern is { IsLiteral: true } && found.Count > 1)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.AmbiguousName, $"{found.Count} assets in {source} are called '{asset.Text}'.", $"Use one of these keys: {string.Join(", ", found.Select(r => r.AssetKey))}."), asset.Target));
            return [];
        }

        return found;
    }

    /// <summary>Assets that the target stage runs in another revision, or not at all. A newer revision there is only replaced if the user names the asset.</summary>
    private List<OdcDeployedRevision> Differing(List<OdcDeployedRevision> running, OdcStage source)
    {
        var targets = Stage.Select(stage => (Stage: StageOf(stage.Key!), (_states[stage.Key!] = Run(stopped => DeploymentPlanner.StateAsync(Client, stage.Key!, [.. running.Select(r => r.AssetKey!)], Caller, stopped))).Running)).ToList();
        var differing = running.Where(r => r.IsBuiltIn != true && targets.Any(t => t.Running.RevisionOf(r.AssetKey!) != r.Revision)).ToList();
        var newer = differing.Where(r => targets.Any(t => t.Running.RevisionOf(r.AssetKey!) > r.Revision)).ToList();
        if (newer.Count > 0 && !Force)
        {
            WriteWarning($"Not deployed, because a target stage runs a newer revision than {source}: {string.Join(", ", newer.Select(r => r.AssetName))}. Specify them with -Asset to deploy them anyway.");
            differing.RemoveAll(newer.Contains);
        }

        if (differing.Count == 0)
            WriteWarning($"There is nothing to deploy: {string.Join(" and ", targets.Select(t => t.Stage))} {(targets.Count == 1 ? "runs" : "run")} all that {source} runs, in the same revision or a newer one.");
        return differing;
    }

    private List<string> TargetStages(ObjectReference asset)
    {
        if (Analysis is { ReportStatus: "ErrorsFound" } && !Force)
            throw new OdcException(OdcErrorCause.Conflict, $"The analysis of {Analysis.AssetName ?? Analysis.AssetKey} found errors: {string.Join(" ", Analysis.Issues)}", "Fix the errors, or use -Force to deploy anyway.");
        if (Analysis is { ReportStatus: null } && !Force)
            throw new OdcException(OdcErrorCause.InvalidRequest, $"The analysis of {Analysis.AssetName ?? Analysis.AssetKey} has no report: it is {Analysis.ProcessStatus}.", "Wait for it with Wait-OdcOperation, or use -Force.");
        if (Stage.Length > 0 && Analysis?.StageKey is { } analysed && Stage.All(s => !string.Equals(s.Key, analysed, StringComparison.OrdinalIgnoreCase)))
            WriteWarning($"The analysis of {asset} is of another stage than the one of -Stage.");
        return Stage.Length > 0 ? [.. Stage.Select(s => s.Key!)] : Analysis?.StageKey is { } stage ? [stage] : throw new OdcException(OdcErrorCause.InvalidRequest, $"No target stage is specified for {asset}.", $"Specify the target stage for {asset} with -Stage.");
    }

    private static string? StateOf(OdcStage stage) => stage.Status switch
    {
        "Pending" or "Configured" or "MissingConfigurations" => $"is still being created ({stage.Status})",
        "Hibernated" => "is hibernated",
        "WakingUp" => "is still waking up",
        "ScheduledForDeletion" => "is going to be deleted",
        _ => null,
    };

    private string Source(IReadOnlyList<ReleaseItem> items) => FromStage is null
        ? RowsOf(items)
        : $"Start-OdcDeployment -FromStage {MessageText.Quoted(FromStage.ToString())}" + (Asset.Length == 0 ? "" : $" -Asset {string.Join(", ", Asset.Select(a => MessageText.Quoted(a.Key ?? a.Text)))}");
}
