namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the tool, runtime and template of revisions, and whether they can be deployed.</summary>
/// <remarks>
/// <para>Among others: the version of the tool, the runtime, the type of a template, the path of an app's URL.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetMetadata 'Order Desk' -Revision 3</code>
/// <para>Gets the metadata of a revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type Agent, Workflow | Get-OdcAssetMetadata | Select-Object AssetKey, ToolVersion, IsDeployable</code>
/// <para>Lists the version of the tool that agents and workflows were made with.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetMetadata")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetMetadata))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcAssetMetadata))]
public sealed class GetOdcAssetMetadataCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteDetail(revision, AssetRepositoryApi.GetMetadata);
}
