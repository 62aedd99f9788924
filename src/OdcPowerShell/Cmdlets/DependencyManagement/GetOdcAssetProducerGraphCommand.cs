namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets what revisions use, as a tree.</summary>
/// <remarks>
/// <para>Each row is something that the revision uses itself; its property Producers contains what that uses, and so on. The service looks into one stage: the one where assets are published, Development, unless -Stage names another.</para>
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
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), When = "without -Revision", IsOptional = true)]
[OutputType(typeof(OdcAssetProducerNode))]
public sealed class GetOdcAssetProducerGraphCommand : ProducerCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteProducers(revision, DependencyManagementApi.ListProducerGraph);
}
