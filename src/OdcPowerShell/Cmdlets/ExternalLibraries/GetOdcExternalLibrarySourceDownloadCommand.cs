namespace OdcPowerShell.Cmdlets.ExternalLibraries;

/// <summary>Gets the state and the URL of packages of source code of external libraries.</summary>
/// <remarks>
/// <para>The service finds a package only with its library and revision. An object of Start-OdcExternalLibrarySourceDownload has them; for a key, specify -Asset and -Revision.</para>
/// </remarks>
/// <example>
/// <code>$download = Start-OdcExternalLibrarySourceDownload 'PDF Tools'; $download | Get-OdcExternalLibrarySourceDownload</code>
/// <para>Starts a package and gets its state at once.</para>
/// </example>
/// <example>
/// <code>$key = (Start-OdcExternalLibrarySourceDownload 'PDF Tools' 3).OperationKey; Get-OdcExternalLibrarySourceDownload $key -Asset 'PDF Tools' -Revision 3 | Wait-OdcOperation</code>
/// <para>Waits for a package of which only the key was kept.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcExternalLibrarySourceDownload")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetSourceDownload))]
[OutputType(typeof(OdcExternalLibrarySourceDownload))]
public sealed class GetOdcExternalLibrarySourceDownloadCommand : ConnectedCmdlet
{
    /// <summary>The packages: objects from Start-OdcExternalLibrarySourceDownload, rows with the columns OperationKey, AssetKey and Revision, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey", "Download")]
    [References(typeof(OdcExternalLibrarySourceDownload))]
    public ObjectReference[] SourceDownload { get; set; } = [];

    /// <summary>The library of a package that is specified by its key: a name, a key, or an object from Get-OdcAsset.</summary>
    [Parameter(Position = 1)]
    [Alias("AssetKey", "LibraryKey", "Library")]
    [Reference(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference? Asset { get; set; }

    /// <summary>The number of the revision of a package that is specified by its key.</summary>
    [Parameter(Position = 2)]
    [Alias("AssetRevision", "RevisionNumber")]
    [ValidateRange(1, int.MaxValue)]
    [ValueRequired]
    public int Revision { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var download in SourceDownload)
        {
            if (KeyOf(download) is not { } key)
                continue;
            var known = Known(download, key);
            ReadFor(download.Target, (caller, stopped) => LibraryOperations.ReadAsync(Client, known, caller, stopped), now =>
            {
                LibraryOperations.SourceDownloads.Complete(known, now);
                Write(now);
            });
        }
    }

    private OdcExternalLibrarySourceDownload Known(ObjectReference download, string key)
    {
        var before = download.Resource as OdcExternalLibrarySourceDownload;
        var revision = int.TryParse(download.Column("Revision"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new OdcExternalLibrarySourceDownload
        {
            OperationKey = key,
            AssetKey = Asset?.Key ?? before?.AssetKey ?? download.Column("AssetKey") ?? download.Column("LibraryKey"),
            Revision = Revision > 0 ? Revision : before?.Revision ?? revision,
        };
    }
}
