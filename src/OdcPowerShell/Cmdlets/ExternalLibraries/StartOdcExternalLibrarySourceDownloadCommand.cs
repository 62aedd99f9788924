namespace OdcPowerShell.Cmdlets.ExternalLibraries;

/// <summary>Packs the source code of revisions of external libraries for a download.</summary>
/// <remarks>
/// <para>When the package is ready, Save-OdcContent saves it. Its URL expires after some minutes: Get-OdcExternalLibrarySourceDownload gets a new one. The service allows ten starts a minute.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcExternalLibrarySourceDownload 'PDF Tools' -Wait | Save-OdcContent -Path . -Force</code>
/// <para>Saves the source code of the latest revision of a library.</para>
/// </example>
/// <example>
/// <code>Start-OdcExternalLibrarySourceDownload 'PDF Tools' 2 -WhatIf</code>
/// <para>Shows the request that would pack the source code of a revision.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcExternalLibrarySourceDownload", SupportsShouldProcess = true)]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.StartSourceDownload))]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetSourceDownload), With = "Wait")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcExternalLibrarySourceDownload))]
public sealed class StartOdcExternalLibrarySourceDownloadCommand : StartCmdlet
{
    /// <summary>The libraries: objects from Get-OdcAsset, Get-OdcAssetRevision or Import-OdcExternalLibrary, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "LibraryKey", "Library")]
    [References(typeof(OdcAsset), Also = [typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcExternalLibraryImport), typeof(OdcExternalLibrarySourceDownload)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision: its number or its tag. Without it, the latest revision of a library that is specified by name or key.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || !IsLibrary(asset) || RevisionOf(asset, key, Revision) is not { } revision)
                continue;
            string[] keys = [key, revision.ToString(System.Globalization.CultureInfo.InvariantCulture)];
            if (Send($"package of the source code of {Label(asset)}, revision {revision}", asset.Target, ExternalLibrariesApi.StartSourceDownload, keys) is { } started)
                WriteOrWait(new OdcExternalLibrarySourceDownload { OperationKey = started.OperationKey, AssetKey = key, Revision = revision, LibraryName = asset.Name, Status = "Generating", Unknown = started.Unknown });
        }
    }

    // The type is known of objects and of assets that were looked up by name.
    private bool IsLibrary(ObjectReference asset)
    {
        if (asset.Resource is not OdcAsset { AssetType: { } type } || type == "ExternalLibrary")
            return true;
        WriteError(ErrorRecords.From(
            new OdcException(OdcErrorCause.InvalidRequest, $"{asset} has the type {type}, and is not an external library.", "Get-OdcAssetSourceCode gets the source file of other assets."), asset.Target));
        return false;
    }
}
