namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the elements that revisions share with others.</summary>
/// <remarks>
/// <para>To search all assets for elements, use Find-OdcPublicElement.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPublicElement 'Common UI' -ExcludeHidden</code>
/// <para>Gets the public elements of a library's latest revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAssetRevision 'Order Desk' -HighestTag | Get-OdcPublicElement | Group-Object ElementType</code>
/// <para>Counts the elements of an app's highest version by their type.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPublicElement")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListPublicElements))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcPublicElement))]
public sealed class GetOdcPublicElementCommand : ElementCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteElements(revision, DependencyManagementApi.ListPublicElements);
}
