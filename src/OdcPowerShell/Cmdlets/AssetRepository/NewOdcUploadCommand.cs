namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets an upload URL for a source file, or for an external library.</summary>
/// <remarks>
/// <para>Send-OdcFile uploads the file to it, and New-OdcAssetRevision creates a revision from it. New-OdcAssetRevision -Path does all three steps. Use the separate steps when another program sends the file.</para>
/// <para>For an external library, use -ExternalLibrary: Send-OdcFile uploads the zip file, and Start-OdcExternalLibraryGeneration generates the library. Import-OdcExternalLibrary does all three steps.</para>
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
/// <example>
/// <code>New-OdcUpload -ExternalLibrary | Send-OdcFile .\Calculator.zip -PassThru | Start-OdcExternalLibraryGeneration -Wait</code>
/// <para>Uploads the zip file of an external library and generates the library.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcUpload", SupportsShouldProcess = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.CreateUpload))]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.CreateUpload), With = "ExternalLibrary")]
[OutputType(typeof(OdcUpload))]
public sealed class NewOdcUploadCommand : ChangeCmdlet
{
    /// <summary>Gets the upload URL for the zip file of an external library.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ExternalLibrary { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Send("a new upload", "a new upload", ExternalLibrary ? ExternalLibrariesApi.CreateUpload : AssetRepositoryApi.CreateUpload, []) is { } upload)
            Write(upload);
    }
}
