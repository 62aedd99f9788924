namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the result of deployment analyses.</summary>
/// <remarks>
/// <para>ReportStatus is empty until the analysis is finished; then it is NoIssuesFound, WarningsFound or ErrorsFound.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA | Get-OdcDeploymentAnalysis</code>
/// <para>Starts an analysis and looks at it.</para>
/// </example>
/// <example>
/// <code>$analysis = Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA; (Get-OdcDeploymentAnalysis $analysis).ProcessStatus</code>
/// <para>Gets just its state.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDeploymentAnalysis")]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeploymentAnalysis))]
[OutputType(typeof(OdcDeploymentAnalysis))]
public sealed class GetOdcDeploymentAnalysisCommand : ConnectedCmdlet
{
    /// <summary>The analyses: objects, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AnalysisKey")]
    [References(typeof(OdcDeploymentAnalysis))]
    public ObjectReference[] Analysis { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var analysis in Analysis.Where(a => KeyOf(a) is not null))
        {
            ReadFor(analysis.Target, (caller, stopped) => Client.GetAsync(AnalysesApi.GetDeploymentAnalysis, [analysis.Key!], query: null, caller, stopped), found =>
            {
                if (analysis.Given is OdcDeploymentAnalysis before)
                    AnalysisOperations.Deployment.Complete(before, found);
                Write(found);
            });
        }
    }
}
