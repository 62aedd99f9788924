namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the download URLs of the icons of revisions.</summary>
/// <remarks>
/// <para>The address is signed and works for some minutes only. A revision without an icon has none.</para>
/// <para type="operation">GET /api/asset-repository/v1/assets/{assetKey}/revisions/{revisionNumber}/icon</para>
/// <para type="operation" when="without -Revision">GET /api/asset-repository/v1/assets/{assetKey}/latest-revision</para>
/// <para type="operation" when="to look up assets given by name">GET /api/asset-repository/v1/assets</para>
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
[OutputType(typeof(OdcAssetIcon))]
public sealed class GetOdcAssetIconCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteDetail(revision, AssetRepositoryApi.GetIcon);
}
