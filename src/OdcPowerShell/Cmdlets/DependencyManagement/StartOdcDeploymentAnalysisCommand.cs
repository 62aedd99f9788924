using System.Management.Automation;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Starts the analysis of what deployments would break: the impact analysis of the ODC Portal.</summary>
/// <remarks>
/// <para>Test-OdcDeployment starts one and waits for it. The stage is the one that -Stage says, never the one of a piped row.</para>
/// <para type="operation">POST /api/dependency-management/v1/deployment-analyses</para>
/// <para type="operation" when="with -Wait">GET /api/dependency-management/v1/deployment-analyses/{analysisKey}</para>
/// <para type="operation" when="to look up assets given by name">GET /api/asset-repository/v1/assets</para>
/// <para type="operation" when="to look up stages given by name">GET /api/portfolios/v2/environments</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA -Wait</code>
/// <para>Analyses the deployment of the latest revision of an asset to QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA | Get-OdcDeploymentAnalysis</code>
/// <para>Starts an analysis and looks at it at once.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcDeploymentAnalysis", SupportsShouldProcess = true)]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.StartDeploymentAnalysis))]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeploymentAnalysis))]
[OutputType(typeof(OdcDeploymentAnalysis))]
public sealed class StartOdcDeploymentAnalysisCommand : StartCmdlet
{
    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(Kind.Asset)]
    [ArgumentCompleter(typeof(AssetCompleter))]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [ValidateRange(1, int.MaxValue)]
    public int Revision { get; set; }

    /// <summary>The stage to which it would be deployed, by name or key.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(Kind.Stage)]
    [ArgumentCompleter(typeof(StageCompleter))]
    public ObjectReference Stage { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key)
                continue;
            var body = new RequestBody().Add("assetKey", key).Add("revision", Revision).Add("environmentKey", Stage);
            if (Send($"{asset} revision {Revision} to {Stage}", AnalysesApi.StartDeploymentAnalysis, [], body) is not { } started)
                continue;
            var analysis = AnalysisOperations.Started(started, key, asset.Given as INamed, Revision, Stage.Key!, (Stage.Given as INamed)?.Name);
            WriteOrWait(analysis, AnalysisOperations.Deployment);
        }
    }
}
