namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Gets the producers of revisions, direct and indirect, as one list.</summary>
/// <remarks>
/// <para>Each row shows whether the revision uses the producer directly, and the keys of the producer's own producers. The service searches one stage: Development, where assets are published, unless -Stage names another.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetProducer 'Order Desk' -Depth 1</code>
/// <para>Gets the direct producers of an app's latest revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage Production -Flat | Get-OdcAssetProducer -Stage Production -ProducerType Libraries | Sort-Object ConsumerAssetName, Name</code>
/// <para>Lists the libraries inside the assets that run in production.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetProducer")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListProducers))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcAssetProducer))]
public sealed class GetOdcAssetProducerCommand : ProducerCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteProducers(revision, DependencyManagementApi.ListProducers);
}
