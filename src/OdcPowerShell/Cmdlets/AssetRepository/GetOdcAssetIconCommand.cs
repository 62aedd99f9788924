namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the download URLs of the icons of revisions.</summary>
/// <remarks>
/// <para>The URL is signed and expires after some minutes. A revision without an icon has no URL.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetIcon 'Order Desk'</code>
/// <para>Gets the icon of an app's latest revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset Claims* | Get-OdcAssetIcon | Where-Object IconUrl</code>
/// <para>Gets the icons of the assets that have one.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetIcon")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetIcon))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcAssetIcon))]
public sealed class GetOdcAssetIconCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteDetail(revision, AssetRepositoryApi.GetIcon);
}
