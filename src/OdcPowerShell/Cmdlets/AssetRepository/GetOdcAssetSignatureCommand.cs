namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the signatures of revisions: what their consumers see of them.</summary>
/// <remarks>
/// <para>Two revisions with the same CompatibilitySignatureDigest can stand in for each other. The address is signed and works for some minutes only.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetSignature 'Common UI'</code>
/// <para>Gets the signature of a library's latest revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAssetRevision 'Common UI' | Get-OdcAssetSignature | Group-Object CompatibilitySignatureDigest</code>
/// <para>Groups the revisions of a library by what they are compatible with.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetSignature")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetSignature))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), When = "without -Revision", IsOptional = true)]
[OutputType(typeof(OdcAssetSignature))]
public sealed class GetOdcAssetSignatureCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteDetail(revision, AssetRepositoryApi.GetSignature);
}
