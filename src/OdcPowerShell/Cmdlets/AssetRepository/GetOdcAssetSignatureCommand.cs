namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the signatures of revisions, which describe the elements that consumers can use.</summary>
/// <remarks>
/// <para>Two revisions with the same CompatibilitySignatureDigest can replace each other. The URL is signed and expires after some minutes.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetSignature 'Common UI'</code>
/// <para>Gets the signature of a library's latest revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAssetRevision 'Common UI' | Get-OdcAssetSignature | Group-Object CompatibilitySignatureDigest</code>
/// <para>Groups compatible revisions of a library.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetSignature")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetSignature))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcAssetSignature))]
public sealed class GetOdcAssetSignatureCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteDetail(revision, AssetRepositoryApi.GetSignature);
}
