namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Gets the quality score of revisions and their numbers of findings, from the newest analysis.</summary>
/// <remarks>
/// <para>A revision that has not been analysed yet is an error; Start-OdcCodeAnalysis analyses it. Summary.Categories has the numbers of each category.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetRevision 'Order Desk' -Latest | Get-OdcCodeAnalysisSummary</code>
/// <para>Gets the score of the latest revision of an app.</para>
/// </example>
/// <example>
/// <code>(Get-OdcCodeAnalysisSummary 'Order Desk').Summary.Categories.Security</code>
/// <para>Gets the numbers of security findings of its latest revision.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCodeAnalysisSummary")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetAnalysisSummary))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetRevision), When = "for a revision without an analysis", IsOptional = true)]
[OutputType(typeof(OdcCodeAnalysisSummary))]
public sealed class GetOdcCodeAnalysisSummaryCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => ReadFor(
        revision.Target, (caller, stopped) => CodeAnalyses.SummaryAsync(Client, revision.Asset.Key!, revision.Asset.Label, revision.Number, caller, stopped), summary =>
        {
            (summary.AssetKey, summary.AssetName, summary.Revision) = (summary.AssetKey ?? revision.Asset.Key, revision.AssetName, summary.Revision ?? revision.Number);
            Write(summary);
        });
}
