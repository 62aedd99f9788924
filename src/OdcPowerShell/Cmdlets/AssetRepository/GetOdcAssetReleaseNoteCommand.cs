namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets the release notes of revisions.</summary>
/// <remarks>
/// <para>Only tagged revisions have release notes.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetRevision 'Order Desk' -HighestTag | Get-OdcAssetReleaseNote</code>
/// <para>Gets the release notes of an app's highest version.</para>
/// </example>
/// <example>
/// <code>Get-OdcAssetRevision 'Order Desk' -Tagged | Sort-Object Version | Get-OdcAssetReleaseNote | Format-List Tag, Content</code>
/// <para>Shows the release notes of all versions of an app.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetReleaseNote")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetReleaseNotes))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision")]
[OutputType(typeof(OdcAssetReleaseNote))]
public sealed class GetOdcAssetReleaseNoteCommand : RevisionCmdlet
{
    private protected override void WriteOf(RevisionReference revision) => WriteDetail(revision, AssetRepositoryApi.GetReleaseNotes);
}
