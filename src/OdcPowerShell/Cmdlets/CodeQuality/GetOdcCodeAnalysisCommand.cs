namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Gets code analyses: their status, and the score and the findings of those that have completed.</summary>
/// <remarks>
/// <para>The property Findings has all findings, which the service returns in pages.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcCodeAnalysis 'Order Desk' | Get-OdcCodeAnalysis</code>
/// <para>Starts an analysis and gets its state.</para>
/// </example>
/// <example>
/// <code>$analysis = Start-OdcCodeAnalysis 'Order Desk' -Wait; (Get-OdcCodeAnalysis $analysis.AnalysisKey).Findings | Where-Object Severity -eq Critical</code>
/// <para>Lists the critical findings of an analysis.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCodeAnalysis")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetCodeAnalysis))]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListPatterns), When = "for the names of patterns", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of assets", IsOptional = true)]
[OutputType(typeof(OdcCodeAnalysis))]
public sealed class GetOdcCodeAnalysisCommand : ConnectedCmdlet
{
    /// <summary>The analyses: objects, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AnalysisKey")]
    [References(typeof(OdcCodeAnalysis))]
    public ObjectReference[] Analysis { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var analysis in Analysis)
        {
            if (KeyOf(analysis) is not { } key)
                continue;
            ReadFor(analysis.Target, (caller, stopped) => CodeAnalyses.ReadAsync(Client, key, caller, stopped), found =>
            {
                if (analysis.Resource is OdcCodeAnalysis before)
                    CodeAnalyses.Descriptor.Complete(before, found);
                Write(found);
            });
        }
    }
}
