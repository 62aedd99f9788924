namespace OdcPowerShell.Http;

/// <summary>Whole transfers of files.</summary>
internal static class StorageTransfers
{
    /// <summary>Saves what a URL stands for under a path, at which a file appears only when it is whole.</summary>
    /// <exception cref="OdcException">The URL has expired, the storage fails, or the file can't be written.</exception>
    internal static async Task<FileInfo> SaveAsync(this StorageClient storage, string? url, string path, bool replaces, ICaller caller, CancellationToken cancellationToken)
    {
        var address = StorageAddress.Parse(url);
        using var file = PartialFile.Create(path, replaces);
        using var progress = new TransferProgress($"Saving {Path.GetFileName(path)}", total: null, caller, storage.Time);
        await new Download(storage, address, file, progress).RunAsync(caller, cancellationToken).ConfigureAwait(false);
        return file.Complete();
    }

    /// <summary>
    /// Puts a file to a URL. When the answer is lost it is put again, unlike any other write: the same bytes at the same URL leave the same
    /// file, however often they come.
    /// </summary>
    internal static Task PutAsync(this StorageClient storage, StorageAddress address, LocalFile file, ICaller caller, CancellationToken cancellationToken)
    {
        return storage.RepeatAsync($"The upload of {file.Name}", AttemptAsync, reached: () => 0, caller, cancellationToken);

        async Task AttemptAsync()
        {
            using var patience = storage.Patience(cancellationToken);
            using var content = new FileBody(file).ToContent();
            using var following = ((FileContent)content).Follow(caller, storage.Time, patience.Renew);
            using var response = await storage.SendAsync(address, () => new HttpRequestMessage { Method = HttpMethod.Put, Content = content }, patience, caller).ConfigureAwait(false);
        }
    }
}
