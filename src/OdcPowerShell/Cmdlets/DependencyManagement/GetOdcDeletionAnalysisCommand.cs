namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the result of deletion analyses.</summary>
/// <remarks>
/// <para>ReportStatus is empty until the analysis is finished; then it is NoIssuesFound, WarningsFound or ErrorsFound.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcDeletionAnalysis 'Order Desk' | Get-OdcDeletionAnalysis</code>
/// <para>Starts an analysis and looks at it.</para>
/// </example>
/// <example>
/// <code>$analysis = Start-OdcDeletionAnalysis 'Order Desk'; (Get-OdcDeletionAnalysis $analysis).ProcessStatus</code>
/// <para>Gets just its state.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDeletionAnalysis")]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeletionAnalysis))]
[OutputType(typeof(OdcDeletionAnalysis))]
public sealed class GetOdcDeletionAnalysisCommand : ConnectedCmdlet
{
    /// <summary>The analyses: objects, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AnalysisKey")]
    [References(typeof(OdcDeletionAnalysis))]
    public ObjectReference[] Analysis { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var analysis in Analysis.Where(a => KeyOf(a) is not null))
        {
            ReadFor(analysis.Target, (caller, stopped) => Client.GetAsync(AnalysesApi.GetDeletionAnalysis, [analysis.Key!], query: null, caller, stopped), found =>
            {
                if (analysis.Given is OdcDeletionAnalysis before)
                    AnalysisOperations.Deletion.Complete(before, found);
                Write(found);
            });
        }
    }
}
