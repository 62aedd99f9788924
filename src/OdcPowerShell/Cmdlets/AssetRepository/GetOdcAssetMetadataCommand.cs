namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the tool, runtime and template of revisions, and whether they can be deployed.</summary>
/// <remarks>
/// <para>Among others: the version of the tool, the runtime, the type of a template, the path of an app's URL.</para>
/// <para type="operation">GET /api/asset-repository/v1/assets/{assetKey}/revisions/{revisionNumber}/metadata</para>
/// <para type="operation" when="without -Revision">GET /api/asset-repository/v1/assets/{assetKey}/latest-revision</para>
/// <para type="operation" when="to look up assets given by name">GET /api/asset-repository/v1/assets</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetMetadata 'Order Desk' -Revision 3</code>
/// <para>Gets the metadata of a revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type Agent, Workflow | Get-OdcAssetMetadata | Select-Object AssetKey, ToolVersion, IsDeployable</code>
/// <para>Lists with which version of the tool agents and workflows were made.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetMetadata")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetMetadata))]
[OutputType(typeof(OdcAssetMetadata))]
public sealed class GetOdcAssetMetadataCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteDetail(revision, AssetRepositoryApi.GetMetadata);
}
