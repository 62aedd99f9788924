namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the download URLs of the source files of revisions.</summary>
/// <remarks>
/// <para>The URL is signed and expires after some minutes: download the file at once.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetSourceCode 'Order Desk'</code>
/// <para>Gets the source file of an app's latest revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAssetRevision 'Order Desk' -Tagged | Get-OdcAssetSourceCode</code>
/// <para>Gets the source files of all versions of an app.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetSourceCode")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetSourceCode))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcAssetSourceCode))]
public sealed class GetOdcAssetSourceCodeCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteDetail(revision, AssetRepositoryApi.GetSourceCode);
}
