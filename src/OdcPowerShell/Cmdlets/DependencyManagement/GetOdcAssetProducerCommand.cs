namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets what revisions use, directly or through others, as one list.</summary>
/// <remarks>
/// <para>Each row shows whether the revision uses it directly, and the keys of what it uses in turn. The service looks into one stage: the one where assets are published, Development, unless -Stage names another.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetProducer 'Order Desk' -Depth 1</code>
/// <para>Gets what the latest revision of an app uses itself.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage Production -Flat | Get-OdcAssetProducer -Stage Production -ProducerType Libraries | Sort-Object ConsumerAssetName, Name</code>
/// <para>Lists the libraries inside all that runs in production.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetProducer")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListProducers))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), When = "without -Revision", IsOptional = true)]
[OutputType(typeof(OdcAssetProducer))]
public sealed class GetOdcAssetProducerCommand : ProducerCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteProducers(revision, DependencyManagementApi.ListProducers);
}
