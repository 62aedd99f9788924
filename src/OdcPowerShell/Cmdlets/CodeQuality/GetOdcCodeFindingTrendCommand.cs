namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Gets how many findings there were on each day, by status.</summary>
/// <remarks>
/// <para>Without -Since, the service goes back 14 days, and the command writes a warning.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcCodeFindingTrend 'Order Desk' -Since (Get-Date).AddDays(-30)</code>
/// <para>Gets the findings of an app on each of the last 30 days.</para>
/// </example>
/// <example>
/// <code>Get-OdcCodeFindingTrend -Category security -Since 2026-01-01 | Select-Object AnalysisDate, OpenCount | Export-Csv trend.csv -NoTypeInformation</code>
/// <para>Saves how the open security findings of all assets changed.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCodeFindingTrend", SupportsPaging = true)]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetFindingsTrend))]
[OutputType(typeof(OdcCodeFindingTrend))]
public sealed class GetOdcCodeFindingTrendCommand : CodeQualityCountCommand
{
    private protected override void WriteOf(IReadOnlyList<string> assetKeys) => WriteAll(ShortPages.Trend(Client, Together(assetKeys), Window));
}
