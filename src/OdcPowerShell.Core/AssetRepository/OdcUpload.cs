using OdcPowerShell.Authentication;

namespace OdcPowerShell.AssetRepository;

/// <summary>An upload URL for one file, which expires after some minutes. It is a secret: anyone who has it can upload there.</summary>
[Columns("Host 29", "Name 20", "SentAt 17", "Length 10", "File")]
public sealed class OdcUpload : OdcResource
{
    /// <summary>The URL to upload the file to. It identifies the file afterwards.</summary>
    public OdcSecretText? UploadUrl { get; set; }

    /// <summary>The URL of the uploaded file, for the generation of an external library; null for any other upload.</summary>
    public OdcSecretText? DownloadUrl { get; set; }

    /// <summary>Host of the URL.</summary>
    [JsonIgnore]
    public string? Host => Address()?.Uri.Authority;

    /// <summary>The last part of the URL's path.</summary>
    [JsonIgnore]
    public string? Name => Address()?.FileName;

    /// <summary>The file that Send-OdcFile uploaded.</summary>
    [JsonIgnore]
    public string? File { get; internal set; }

    /// <summary>Size of that file in bytes.</summary>
    [JsonIgnore]
    public long? Length { get; internal set; }

    /// <summary>When it was uploaded.</summary>
    [JsonIgnore]
    public DateTimeOffset? SentAt { get; internal set; }

    /// <summary>The URL as text, for requests only.</summary>
    /// <exception cref="OdcException">There is no URL.</exception>
    internal StorageAddress RequiredAddress => Address() ?? throw new OdcException(
        OdcErrorCause.UnexpectedResponse, "The upload has no URL to send a file to.", "Get a new one with New-OdcUpload.");

    /// <summary>The URL of the uploaded file as text, for requests only.</summary>
    /// <exception cref="OdcException">The upload is not for an external library.</exception>
    internal StorageAddress RequiredDownload => Address(DownloadUrl) ?? throw new OdcException(
        OdcErrorCause.InvalidRequest, "This upload is not for an external library.", "Get one with New-OdcUpload -ExternalLibrary.");

    /// <summary>The URL of an uploaded source file, for a new revision of an asset.</summary>
    /// <exception cref="OdcException">The upload is for an external library.</exception>
    internal StorageAddress RequiredSource => DownloadUrl is null ? RequiredAddress : throw new OdcException(
        OdcErrorCause.InvalidRequest, "This upload is for an external library, and not for a source file.", "Pipe it to Start-OdcExternalLibraryGeneration, or get another one with New-OdcUpload.");

    private StorageAddress? Address() => Address(UploadUrl);

    private static StorageAddress? Address(OdcSecretText? url) => url is null ? null : StorageAddress.TryParse(Secret.From(url.ToSecureString()).Reveal());

    public override string ToString() => Name is null ? "" : $"{Host}/{Name}";
}

/// <summary>The steps of sending a source file by URL.</summary>
internal static class SourceUpload
{
    /// <summary>Uploads a file to an upload URL, and records it in the object.</summary>
    internal static async Task<OdcUpload> PutAsync(this OdcUpload upload, LocalFile file, OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Storage.PutAsync(upload.RequiredAddress, file, caller, cancellationToken).ConfigureAwait(false);
        (upload.File, upload.Length, upload.SentAt) = (file.FullName, file.Length, client.Time.GetUtcNow());
        return upload;
    }

    /// <summary>Uploads a file to a new upload URL, and returns the URL.</summary>
    internal static async Task<StorageAddress> SendAsync(LocalFile file, OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        var upload = await client.SendAsync(AssetRepositoryApi.CreateUpload.Request([]), AssetRepositoryApi.CreateUpload, caller, cancellationToken).ConfigureAwait(false);
        await upload.PutAsync(file, client, caller, cancellationToken).ConfigureAwait(false);
        return upload.RequiredAddress;
    }
}
