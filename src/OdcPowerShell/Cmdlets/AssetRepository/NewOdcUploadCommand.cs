namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets an upload URL for a source file.</summary>
/// <remarks>
/// <para>Send-OdcFile uploads the file to it, and New-OdcAssetRevision creates a revision from it. New-OdcAssetRevision -Path does all three steps. Use the separate steps when another program sends the file.</para>
/// <para>The URL is signed and expires after some minutes. It is a secret: no view shows it, it converts to a SecureString, and no copy of the object outside this process contains it. Each call gets another URL.</para>
/// </remarks>
/// <example>
/// <code>New-OdcUpload</code>
/// <para>Gets an upload URL for one file.</para>
/// </example>
/// <example>
/// <code>$url = [System.Net.NetworkCredential]::new('', (New-OdcUpload).UploadUrl).Password</code>
/// <para>Gets the URL as text, for a program that sends the file itself.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcUpload", SupportsShouldProcess = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.CreateUpload))]
[OutputType(typeof(OdcUpload))]
public sealed class NewOdcUploadCommand : ChangeCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Send("a new upload", "a new upload", AssetRepositoryApi.CreateUpload, []) is { } upload)
            Write(upload);
    }
}
