namespace OdcPowerShell.AssetRepository;

/// <summary>The steps of sending a source file by URL.</summary>
internal static class SourceUpload
{
    /// <summary>Puts a file to an upload, which then knows it.</summary>
    internal static async Task<OdcUpload> PutAsync(this OdcUpload upload, LocalFile file, OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Storage.PutAsync(upload.RequiredAddress, file, caller, cancellationToken).ConfigureAwait(false);
        (upload.File, upload.Length, upload.SentAt) = (file.FullName, file.Length, client.Time.GetUtcNow());
        return upload;
    }

    /// <summary>Sends a file to a new upload and returns the URL that stands for it there.</summary>
    internal static async Task<StorageAddress> SendAsync(LocalFile file, OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        var upload = await client.SendAsync(AssetRepositoryApi.CreateUpload.Request([]), AssetRepositoryApi.CreateUpload, caller, cancellationToken).ConfigureAwait(false);
        await upload.PutAsync(file, client, caller, cancellationToken).ConfigureAwait(false);
        return upload.RequiredAddress;
    }
}
