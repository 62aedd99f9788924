namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the result of deployment analyses.</summary>
/// <remarks>
/// <para>ReportStatus is empty until the analysis is finished; then it is NoIssuesFound, WarningsFound or ErrorsFound.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA | Get-OdcDeploymentAnalysis</code>
/// <para>Starts an analysis and gets its state.</para>
/// </example>
/// <example>
/// <code>$analysis = Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA; (Get-OdcDeploymentAnalysis $analysis).ProcessStatus</code>
/// <para>Gets just its state.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDeploymentAnalysis")]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeploymentAnalysis))]
[OutputType(typeof(OdcDeploymentAnalysis))]
public sealed class GetOdcDeploymentAnalysisCommand : AnalysisCommand<OdcDeploymentAnalysis>
{
    /// <summary>The analyses: objects, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AnalysisKey")]
    [References(typeof(OdcDeploymentAnalysis))]
    public override ObjectReference[] Analysis { get; set; } = [];

    private protected override Operation<OdcDeploymentAnalysis> GetOperation => AnalysesApi.GetDeploymentAnalysis;

    private protected override OperationDescriptor<OdcDeploymentAnalysis> Descriptor => AnalysisOperations.Deployment;
}
