using System.Management.Automation;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Deploys revisions of assets to a stage.</summary>
/// <remarks>
/// <para>For each revision, the newest finished Release build is deployed; -BuildIfMissing starts one where there is none. A Debug build is rejected. Libraries are left out with a warning: they travel inside the apps that use them. The service allows ten starts a minute.</para>
/// <para>The target is the stage that -Stage says, or the one of a deployment analysis that is piped. The stage that a piped asset runs in is never taken for it. Before a production stage, or one whose purpose is not known, you are asked; -Confirm:$false says that you need not be.</para>
/// <para>With -Wait and several assets, those that others use are deployed first, and what uses one that failed is not deployed. -WhatIf shows what would be deployed where, and which revision it would replace.</para>
/// <para type="operation">POST /api/deployments/v1/deployment-operations</para>
/// <para type="operation" when="with -Wait">GET /api/deployments/v1/deployment-operations</para>
/// <para type="operation" when="with -Wait">GET /api/deployments/v1/deployment-operations/{operationKey}</para>
/// <para type="operation" when="for a deployment that failed">GET /api/deployments/v1/deployment-operations/{operationKey}/messages</para>
/// <para type="operation" when="to find the build">GET /api/builds/v1/build-operations</para>
/// <para type="operation" when="with -BuildKey or -BuildIfMissing">GET /api/builds/v1/build-operations/{operationKey}</para>
/// <para type="operation" when="with -BuildIfMissing">POST /api/builds/v1/build-operations</para>
/// <para type="operation" when="for the revision that is replaced">GET /api/portfolios/v2/deployed-assets</para>
/// <para type="operation" when="with -Wait and several assets">GET /api/dependency-management/v1/assets/{assetKey}/revisions/{revisionNumber}/producers</para>
/// <para type="operation" when="for names and types">GET /api/asset-repository/v1/assets</para>
/// <para type="operation" when="to look up stages given by name">GET /api/portfolios/v2/environments</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false</code>
/// <para>Deploys what runs in QA to Production, and waits for it.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat | Test-OdcDeployment -Stage Production -ErrorOnConflict | Start-OdcDeployment -Wait -Confirm:$false</code>
/// <para>The same, if the impact analysis finds no error.</para>
/// </example>
/// <example>
/// <code>$before = Get-OdcDeployedAsset -Stage QA -Flat; $before | Start-OdcDeployment -Stage QA -Wait -WhatIf</code>
/// <para>Shows how a stage would be rolled back to what ran there before.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcDeployment", SupportsShouldProcess = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeploymentMessages))]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds))]
[OutputType(typeof(OdcDeployment))]
public sealed class StartOdcDeploymentCommand : DeploymentCmdlet
{
    private readonly List<(string StageKey, DeploymentTarget Target)> _wanted = [];

    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(Kind.Asset, Also = [typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcDeployedRevision), typeof(OdcBuild), typeof(OdcDeployment), typeof(OdcDeploymentAnalysis)])]
    [ArgumentCompleter(typeof(AssetCompleter))]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision to deploy: its number or its tag. Without it, the latest of an asset that is specified by name or key.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>The stage to deploy to, by name or key. Only a piped deployment analysis says it by itself.</summary>
    [Parameter(Position = 2)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(Kind.Stage)]
    [ArgumentCompleter(typeof(StageCompleter))]
    public ObjectReference? Stage { get; set; }

    /// <summary>A deployment analysis from Test-OdcDeployment: it says what to deploy where. One that found errors is rejected unless -Force is specified.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Exactly(typeof(OdcDeploymentAnalysis))]
    public OdcDeploymentAnalysis? Analysis { get; set; }

    /// <summary>A build from Start-OdcBuild: just this build is deployed.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Exactly(typeof(OdcBuild))]
    public OdcBuild? Build { get; set; }

    /// <summary>Key of the build to deploy, for a single asset. Without it, the newest finished Release build of the revision.</summary>
    [Parameter]
    public Guid? BuildKey { get; set; }

    /// <summary>Starts a Release build where there is no finished one, and waits for it.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter BuildIfMissing { get; set; }

    /// <summary>Deploys even though the analysis found errors.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || RevisionOf(asset, key, Revision) is not { } revision)
                continue;
            var input = asset.Target;
            if (RunFor(input, _ => Task.FromResult(TargetStage(asset))) is { } stage)
                _wanted.Add((stage, new DeploymentTarget(key, revision, input) { Build = Build }));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var perStage in _wanted.GroupBy(w => w.StageKey, w => w.Target, StringComparer.OrdinalIgnoreCase))
            new Promotion(this, StageOf(perStage.Key), BuildKey, BuildIfMissing).Deploy([.. Distinct(perStage)]);
    }

    /// <summary>Each asset once: two revisions of one asset would race, and which one stayed would be chance.</summary>
    private IEnumerable<DeploymentTarget> Distinct(IEnumerable<DeploymentTarget> targets)
    {
        foreach (var same in targets.GroupBy(t => t.AssetKey, StringComparer.OrdinalIgnoreCase))
        {
            yield return same.First();
            foreach (var other in same.Skip(1).Where(t => t.Revision != same.First().Revision))
            {
                WriteError(ErrorRecords.From(
                    new OdcException(OdcErrorCause.InvalidRequest, $"{other} was not deployed: revision {same.First().Revision} of the same asset is deployed by this command.", "Deploy one revision of an asset at a time."), other.Input));
            }
        }
    }

    private string TargetStage(ObjectReference asset)
    {
        if (Analysis is { ReportStatus: "ErrorsFound" } && !Force)
            throw new OdcException(OdcErrorCause.Conflict, $"The analysis of {Analysis.AssetName ?? Analysis.AssetKey} found errors: {string.Join(" ", Analysis.Issues)}", "Fix the errors, or use -Force to deploy anyway.");
        if (Analysis is { ReportStatus: null } && !Force)
            throw new OdcException(OdcErrorCause.InvalidRequest, $"The analysis of {Analysis.AssetName ?? Analysis.AssetKey} has no report: it is {Analysis.ProcessStatus}.", "Wait for it with Wait-OdcOperation, or use -Force.");
        if (Stage?.Key is { } given && Analysis?.StageKey is { } analysed && !string.Equals(given, analysed, StringComparison.OrdinalIgnoreCase))
            WriteWarning($"The analysis of {asset} is of another stage than the one that -Stage says.");
        return Stage?.Key ?? Analysis?.StageKey ?? throw new OdcException(OdcErrorCause.InvalidRequest, $"No target stage is specified for {asset}.", $"Specify the target stage for {asset} with -Stage.");
    }
}
