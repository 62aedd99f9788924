namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the elements that revisions share with others.</summary>
/// <remarks>
/// <para>Find-OdcPublicElement looks for elements in all assets.</para>
/// <para type="operation">GET /api/dependency-management/v1/assets/{assetKey}/revisions/{revisionNumber}/public-elements</para>
/// <para type="operation" when="without -Revision">GET /api/asset-repository/v1/assets/{assetKey}/latest-revision</para>
/// <para type="operation" when="to look up assets given by name">GET /api/asset-repository/v1/assets</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPublicElement 'Common UI' -ExcludeHidden</code>
/// <para>Gets what the latest revision of a library offers.</para>
/// </example>
/// <example>
/// <code>Get-OdcAssetRevision 'Order Desk' -HighestTag | Get-OdcPublicElement | Group-Object ElementType</code>
/// <para>Counts the elements of an app's highest version by their type.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPublicElement")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListPublicElements))]
[OutputType(typeof(OdcPublicElement))]
public sealed class GetOdcPublicElementCommand : ElementCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteElements(revision, DependencyManagementApi.ListPublicElements);
}
