namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the result of deletion analyses.</summary>
/// <remarks>
/// <para>ReportStatus is empty until the analysis is finished; then it is NoIssuesFound, WarningsFound or ErrorsFound.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcDeletionAnalysis 'Order Desk' | Get-OdcDeletionAnalysis</code>
/// <para>Starts an analysis and gets its state.</para>
/// </example>
/// <example>
/// <code>$analysis = Start-OdcDeletionAnalysis 'Order Desk'; (Get-OdcDeletionAnalysis $analysis).ProcessStatus</code>
/// <para>Gets just its state.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDeletionAnalysis")]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeletionAnalysis))]
[OutputType(typeof(OdcDeletionAnalysis))]
public sealed class GetOdcDeletionAnalysisCommand : AnalysisCommand<OdcDeletionAnalysis>
{
    /// <summary>The analyses: objects, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AnalysisKey")]
    [References(typeof(OdcDeletionAnalysis))]
    public override ObjectReference[] Analysis { get; set; } = [];

    private protected override Operation<OdcDeletionAnalysis> GetOperation => AnalysesApi.GetDeletionAnalysis;

    private protected override OperationDescriptor<OdcDeletionAnalysis> Descriptor => AnalysisOperations.Deletion;
}
