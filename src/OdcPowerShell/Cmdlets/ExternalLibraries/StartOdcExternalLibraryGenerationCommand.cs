namespace OdcPowerShell.Cmdlets.ExternalLibraries;

/// <summary>Generates an external library from an uploaded zip file.</summary>
/// <remarks>
/// <para>The zip file contains the output of dotnet publish, with the assemblies at its top level. If the library exists, the generation creates a revision of it. Import-OdcExternalLibrary checks the file, uploads it, generates the library and releases it.</para>
/// <para>A generation may end as ReadyForReview: it continues when a person has published the library in the ODC Portal. With -Wait, it is then written with a warning. The service allows ten starts a minute.</para>
/// </remarks>
/// <example>
/// <code>New-OdcUpload -ExternalLibrary | Send-OdcFile .\Calculator.zip -PassThru | Start-OdcExternalLibraryGeneration -Wait</code>
/// <para>Uploads a zip file, generates the library and waits for it.</para>
/// </example>
/// <example>
/// <code>Start-OdcExternalLibraryGeneration Calculator.zip https://files.acme.example/Calculator.zip -WhatIf</code>
/// <para>Shows the request that would generate a library from a file that the service downloads.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcExternalLibraryGeneration", DefaultParameterSetName = UploadSet, SupportsShouldProcess = true)]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.StartGeneration))]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetGeneration))]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetLog), When = "for a generation that failed", IsOptional = true)]
[OutputType(typeof(OdcExternalLibraryGeneration))]
public sealed class StartOdcExternalLibraryGenerationCommand : StartCmdlet
{
    private const string UploadSet = "Upload";
    private const string UriSet = "Uri";

    /// <summary>The name of the zip file. Without it, the name of the file that Send-OdcFile uploaded.</summary>
    [Parameter(ParameterSetName = UriSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = UploadSet)]
    [ValidateNotNullOrEmpty]
    public string? FileName { get; set; }

    /// <summary>The URL from which the service downloads the zip file.</summary>
    [Parameter(ParameterSetName = UriSet, Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [Alias("HighCodeBinaryUri")]
    public string BinaryUri { get; set; } = "";

    /// <summary>The upload of a zip file, from New-OdcUpload -ExternalLibrary and Send-OdcFile -PassThru.</summary>
    [Parameter(ParameterSetName = UploadSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [Exactly(typeof(OdcUpload))]
    public OdcUpload? Upload { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object target = Upload is null ? FileName! : Upload;
        if (RunFor(target, () => Upload?.RequiredDownload ?? StorageAddress.Parse(BinaryUri)) is not { } address)
            return;
        var name = FileName ?? (Upload?.File is { } file ? System.IO.Path.GetFileName(file) : address.FileName);
        var request = LibraryStart.Request(name, address);
        if (Send($"external library from {name}", target, request, stopped => Client.SendAsync(request, ExternalLibrariesApi.StartGeneration, Caller, stopped)) is { } started)
            WriteOrWait(ReadNew(started.OperationKey!, ExternalLibrariesApi.GetGeneration, key => LibraryStart.Started(key, name)));
    }
}
