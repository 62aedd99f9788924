namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets what revisions use, as a tree.</summary>
/// <remarks>
/// <para>Each row is something that the revision uses itself; its property Producers contains what that uses, and so on. The service looks into one stage: the one where assets are published, Development, unless -Stage names another.</para>
/// <para type="operation">GET /api/dependency-management/v1/assets/{assetKey}/revisions/{revisionNumber}/producer-graph</para>
/// <para type="operation" when="without -Revision">GET /api/asset-repository/v1/assets/{assetKey}/latest-revision</para>
/// <para type="operation" when="to look up assets given by name">GET /api/asset-repository/v1/assets</para>
/// <para type="operation" when="to look up stages given by name">GET /api/portfolios/v2/environments</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetProducerGraph 'Customer Portal' | Format-Table Name, Revision, Producers</code>
/// <para>Gets what an app uses, with what that uses.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type Workflow | Get-OdcAssetProducerGraph -Depth 2 | ConvertTo-Json -Depth 5</code>
/// <para>Writes what workflows use, two levels deep, as JSON.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetProducerGraph")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListProducerGraph))]
[OutputType(typeof(OdcAssetProducerNode))]
public sealed class GetOdcAssetProducerGraphCommand : ProducerCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteProducers(revision, DependencyManagementApi.ListProducerGraph);
}
