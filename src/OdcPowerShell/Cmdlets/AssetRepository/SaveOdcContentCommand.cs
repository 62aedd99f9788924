namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Saves the files that objects of the service point to: source code, icons, signatures, release notes, packages.</summary>
/// <remarks>
/// <para>The service returns signed URLs of files, which expire after some minutes. Pipe an object with such a URL soon after you read it. The access token is not sent to the storage, and the URL is not shown.</para>
/// <para>A file gets its name when it is complete. A download that breaks off continues where it stopped, if the storage still has the same file. An existing file is replaced only with -Force.</para>
/// <para>In a folder, the name of each file contains the asset, the revision and the kind of content; files of the same name are numbered.</para>
/// <para type="note">The storage asks for no permission: the URL is enough. The command that reads the object names the permission to get one.</para>
/// <para type="output" name="System.IO.FileInfo">The file that was saved.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetSourceCode 'Order Desk' | Save-OdcContent</code>
/// <para>Saves the source file of an app's latest revision in the current folder.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type WebApplication | Get-OdcAssetSourceCode | Save-OdcContent -Path . -PassThru</code>
/// <para>Saves the source files of all web apps, each under its own name, and writes them.</para>
/// </example>
/// <example>
/// <code>Save-OdcContent -Uri (New-OdcAsset Invoices -Type WebApplication).SignatureBinaryUrl -Path Invoices.bin</code>
/// <para>Saves the file of a URL.</para>
/// </example>
[Cmdlet(VerbsData.Save, "OdcContent", DefaultParameterSetName = "Object", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveOdcContentCommand : ConnectedCmdlet
{
    private SavePlace? _place;

    /// <summary>An object with the URL of a file, such as Get-OdcAssetSourceCode writes.</summary>
    [Parameter(ParameterSetName = "Object", Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object InputObject { get; set; } = "";

    /// <summary>The URL of a file, as the service returned it.</summary>
    [Parameter(ParameterSetName = "Uri", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Url")]
    public string Uri { get; set; } = "";

    /// <summary>Where to save it: a file, or an existing folder. Without it, the current folder.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("OutFile")]
    public string? Path { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the files that were saved.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var target = ParameterSetName == "Uri" ? "the specified URL" : InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject;
        if (RunFor(target, () => Link()) is not { } link || RunFor(target, () => Place(link)) is not { } path || !ShouldProcess(path))
            return;
        if (RunFor(target, stopped => Client.Storage.SaveAsync(link.ContentUrl, path, Force, Caller, stopped)) is { } saved && PassThru)
            WriteObject(saved);
    }

    private IContentLink Link() => ParameterSetName == "Uri" ? new UriLink(Uri) : ContentLinks.Of(InputObject);

    private string Place(IContentLink link) => (_place ??= SavePlace.Of(this, Path)).Next(link.SuggestedFileName);
}
