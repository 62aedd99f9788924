namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Counts findings by category, status and severity.</summary>
/// <remarks>
/// <para>Writes one row for each group that has findings. Without -Since, the service counts only what was discovered in the last 14 days, and the command writes a warning.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcCodeFindingSummary 'Order Desk' -Since 2026-01-01 | Where-Object Status -eq Open</code>
/// <para>Counts the open findings of an app by category and severity.</para>
/// </example>
/// <example>
/// <code>Get-OdcCodeFindingSummary -GroupBy Severity -Since 2026-01-01 -IncludeChange</code>
/// <para>Counts the findings of all assets by severity, with the change since the analysis before.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCodeFindingSummary", SupportsPaging = true)]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetFindingsSummary))]
[OutputType(typeof(OdcCodeFindingSummary))]
public sealed class GetOdcCodeFindingSummaryCommand : CodeQualityCountCommand
{
    /// <summary>What to count by, the outermost group first: Category, Status and Severity, or some of them. Without it, all three.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("Category, Status, Severity", IsOpen = true)]
    public string[] GroupBy { get; set; } = ["Category", "Status", "Severity"];

    /// <summary>Also gets how much each number changed since the analysis before.</summary>
    [Parameter]
    [QueryParameter("FetchChange")]
    [ValueRequired]
    public SwitchParameter IncludeChange { get; set; }

    private protected override void WriteOf(IReadOnlyList<string> assetKeys)
    {
        // Without a limit, the service could leave out groups.
        var query = Together(assetKeys).AddEach("GroupBy", GroupBy).Add("Limit", CodeQualityApi.LargestPage);
        foreach (var row in Run(stopped => Client.GetAsync(CodeQualityApi.GetFindingsSummary, [], query, Caller, stopped)).Rows(GroupBy))
        {
            row.Difference = IncludeChange ? row.Difference : null;
            Write(row);
        }
    }
}
