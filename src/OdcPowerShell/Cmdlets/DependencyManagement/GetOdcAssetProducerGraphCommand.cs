namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the producers of revisions, as a tree.</summary>
/// <remarks>
/// <para>Each row is a direct producer of the revision. Its property Producers contains its own producers, and so on. The service searches one stage: Development, where assets are published, unless -Stage names another.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetProducerGraph 'Customer Portal' | Format-Table Name, Revision, Producers</code>
/// <para>Gets the producers of an app, with their own producers.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type Workflow | Get-OdcAssetProducerGraph -Depth 2 | ConvertTo-Json -Depth 5</code>
/// <para>Writes the producers of workflows, two levels deep, as JSON.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetProducerGraph")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListProducerGraph))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcAssetProducerNode))]
public sealed class GetOdcAssetProducerGraphCommand : ProducerCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteProducers(revision, DependencyManagementApi.ListProducerGraph);
}
