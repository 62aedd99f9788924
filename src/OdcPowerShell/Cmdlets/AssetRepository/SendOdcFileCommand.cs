namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Uploads a file to an upload URL.</summary>
/// <remarks>
/// <para>The access token is not sent to the storage. A file above 100 MB is rejected before anything is sent. When a transfer breaks off, the file is uploaded again, which has the same result.</para>
/// <para type="note">The storage asks for no permission: the upload is enough.</para>
/// </remarks>
/// <example>
/// <code>New-OdcUpload | Send-OdcFile .\Orders.oml -PassThru | New-OdcAssetRevision -Tag 1.0.0</code>
/// <para>Uploads a source file and creates a revision from it.</para>
/// </example>
/// <example>
/// <code>Send-OdcFile -Path .\Orders.oml -Upload (New-OdcUpload) -WhatIf</code>
/// <para>Shows what would be sent.</para>
/// </example>
[Cmdlet(VerbsCommunications.Send, "OdcFile", SupportsShouldProcess = true)]
[OutputType(typeof(OdcUpload))]
public sealed class SendOdcFileCommand : ConnectedCmdlet
{
    /// <summary>The file to send.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>The upload URL, from New-OdcUpload.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNull]
    public OdcUpload Upload { get; set; } = null!;

    /// <summary>Writes the upload, for New-OdcAssetRevision or Start-OdcExternalLibraryGeneration.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var file = RunFor(Path, () => LocalFile.Of(FilePaths.Resolve(this, Path), AssetRepositoryApi.LargestSource));
        if (file is null || !ShouldProcess($"{file.FullName} ({Size.Of(file.Length)} to {Upload})"))
            return;
        if (RunFor(Path, stopped => Upload.PutAsync(file, Client, Caller, stopped)) is { } sent && PassThru)
            Write(sent);
    }
}
