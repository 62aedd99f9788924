namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the elements of other assets that revisions use.</summary>
/// <remarks>
/// <para>Each row names the asset that the element comes from.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcReferencedElement 'Order Desk'</code>
/// <para>Gets the elements of other assets that the latest revision of an app uses.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type WebApplication | Get-OdcReferencedElement | Where-Object ProducerAssetName -eq 'PDF Tools'</code>
/// <para>Gets all uses of a library's elements in apps.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcReferencedElement")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListReferencedElements))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcReferencedElement))]
public sealed class GetOdcReferencedElementCommand : ElementCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteElements(revision, DependencyManagementApi.ListReferencedElements);
}
