namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Gets the findings of code analyses.</summary>
/// <remarks>
/// <para>Without -Since, the service returns only what was discovered in the last 14 days, and the command writes a warning. Specify -Since to be sure that nothing is missing.</para>
/// <para>The list of the service has no categories; the command adds the category and the name of the code pattern, and the name of the asset. With -Field the other properties are empty.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcCodeFinding 'Order Desk' -Severity Critical, High -Status Open -Since 2026-01-01 | Group-Object Category</code>
/// <para>Counts the open findings of an app that matter most, by category.</para>
/// </example>
/// <example>
/// <code>Get-OdcCodeFinding -Category security -Status Open -Latest -Since 2026-01-01 | Export-Csv findings.csv -NoTypeInformation</code>
/// <para>Saves the open security findings of the newest analyses of all assets.</para>
/// </example>
/// <example>
/// <code>Get-OdcCodeFinding 'Order Desk' -Since 2026-01-01 | Get-OdcCodePattern | Format-List Name, Impact, HowToSolve</code>
/// <para>Shows how to solve what was found.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCodeFinding", SupportsPaging = true)]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListFindings))]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListPatterns), When = "for categories and names of patterns", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of assets", IsOptional = true)]
[OutputType(typeof(OdcCodeFinding))]
public sealed class GetOdcCodeFindingCommand : CodeQualityListCommand
{
    /// <summary>Only findings with these statuses: Open, Resolved, Dismissed, Snoozed or Closed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(CodeQualityWords.Statuses)]
    [QueryParameter("Status")]
    public string[]? Status { get; set; }

    /// <summary>Only findings of assets of these types, for example WebApplication.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(CodeQualityWords.AssetTypes)]
    [QueryParameter("AssetType")]
    public string[]? AssetType { get; set; }

    /// <summary>Only findings of these code patterns: ids, or objects from Get-OdcCodePattern.</summary>
    [Parameter]
    [Alias("PatternId")]
    [References(typeof(OdcCodePattern), Follows = true, Also = [typeof(OdcCodeFinding)])]
    [ArgumentCompleter(typeof(NoCompleter))]
    [QueryParameter("PatternIds")]
    public ObjectReference[]? Pattern { get; set; }

    /// <summary>Only findings that these people created: e-mails, names, keys, or objects from Get-OdcUser.</summary>
    [Parameter]
    [References(typeof(OdcUser))]
    [Names]
    [QueryParameter("CreatedBy")]
    public ObjectReference[]? CreatedBy { get; set; }

    /// <summary>Only findings of the newest analysis of each asset.</summary>
    [Parameter]
    [QueryParameter("IsLatest")]
    [ValueRequired]
    public SwitchParameter Latest { get; set; }

    /// <summary>Which properties the service returns, by its own names such as id, elementName and severity. Without it, all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(
        "id, patternId, severity, status, assetKey, assetRevision, discoveredOn, rediscoveredOn, elementName, elementType, elementKey, elementPath, elementLastModifiedBy, elementLastModifiedOn, "
        + "whereElementName, whereElementType, whereElementKey, whereElementPath, whereElementLastModifiedBy, whereElementLastModifiedOn, dismissReason, snoozedUntil", IsOpen = true)]
    [QueryParameter("Fields")]
    public string[]? Field { get; set; }

    /// <summary>The fields to sort by, for example elementName or discoveredOn. A minus before one, as in '-discoveredOn', sorts by it in descending order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("discoveredOn, elementName, severity, status", IsOpen = true)]
    public string[]? Sort { get; set; }

    /// <summary>Sorts in descending order; by discoveredOn unless -Sort is specified.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    private protected override void WriteOf(IReadOnlyList<string> assetKeys) =>
        WriteAll(FindingReader.Of(Client, Sorted(QueryBinder.Bind(this), Sort, Descending, "discoveredOn").AddInParts("AssetKeys", assetKeys), Window));
}
