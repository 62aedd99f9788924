namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Gets the quality score of assets and their numbers of findings, with the change since the analysis before.</summary>
/// <remarks>
/// <para>Without -Since, the service counts only what was discovered in the last 14 days, and the command writes a warning.</para>
/// <para>SeverityCounts and StatusCounts have all numbers, with their change. CriticalCount, HighCount, MediumCount, LowCount and OpenCount are taken from there.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcCodeQualityMetric -Since 2026-01-01 -Sort Score -First 10</code>
/// <para>Gets the ten assets with the lowest scores.</para>
/// </example>
/// <example>
/// <code>Get-OdcCodeQualityMetric -Since 2026-01-01 -AssetType WebApplication -ScoreRange 0-49, 50-84 | Sort-Object Score | Format-Table AssetName, Score, CriticalCount, HighCount</code>
/// <para>Lists the web apps whose score is below 85.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCodeQualityMetric", SupportsPaging = true)]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListMetrics))]
[OutputType(typeof(OdcCodeQualityMetric))]
public sealed class GetOdcCodeQualityMetricCommand : CodeQualityCountCommand
{
    /// <summary>Counts only findings with these statuses: Open, Resolved, Dismissed, Snoozed or Closed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(CodeQualityWords.Statuses)]
    [QueryParameter("Status")]
    public string[]? Status { get; set; }

    /// <summary>The fields to sort by: AssetName or Score. A minus before one, as in '-Score', sorts by it in descending order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("AssetName", "Score", IsOpen = true)]
    public string[]? Sort { get; set; }

    /// <summary>Sorts in descending order; by Score unless -Sort is specified.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    private protected override void WriteOf(IReadOnlyList<string> assetKeys)
    {
        var parts = Sorted(QueryBinder.Bind(this), Sort, Descending, "Score").AddInParts("AssetKeys", assetKeys);
        WriteAll(parts.Count == 1 ? List(parts[0], Window) : parts.Select(query => List(query, new ListWindow(PageSize: PageSize))).Concat().Window(Window));
    }

    private OffsetPages<OdcCodeQualityMetric> List(Query query, ListWindow window) => new(Client, CodeQualityApi.ListMetrics, query, window);
}
