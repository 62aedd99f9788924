using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

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
    /// Uploads a file to a URL. When the answer is lost it is uploaded again, unlike any other write: the same bytes at the same URL leave the same
    /// file, however often they come.
    /// </summary>
    internal static Task PutAsync(this StorageClient storage, StorageAddress address, LocalFile file, ICaller caller, CancellationToken cancellationToken)
    {
        return storage.RepeatAsync($"The upload of {file.Name}", AttemptAsync, reached: () => 0, caller, cancellationToken);

        async Task AttemptAsync()
        {
            using var inactivity = storage.InactivityTimeout(cancellationToken);
            using var content = new FileBody(file).ToContent();
            using var following = ((FileContent)content).Follow(caller, storage.Time, inactivity.Renew);
            using var response = await storage.SendAsync(address, () => new HttpRequestMessage { Method = HttpMethod.Put, Content = content }, inactivity, caller).ConfigureAwait(false);
        }
    }
}

/// <summary>Brings a file into a stream, and after a break only what is missing of it, as long as it is still the same file.</summary>
internal sealed class Download(StorageClient storage, StorageAddress address, PartialFile target, TransferProgress progress)
{
    private const int BufferSize = 81920;

    // What the bytes so far are the beginning of; without a tag they can't be continued.
    private EntityTagHeaderValue? _tag;
    private long? _length;

    internal Task RunAsync(ICaller caller, CancellationToken cancellationToken) => storage.RepeatAsync(
        $"The download of {address}", () => AttemptAsync(caller, cancellationToken), () => target.Length, caller, cancellationToken);

    private async Task AttemptAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var from = _tag is null ? 0 : target.Length;
        // It broke off behind the last byte.
        if (from > 0 && from == _length)
            return;
        using var inactivity = storage.InactivityTimeout(cancellationToken);
        using var response = await SendAsync(from, inactivity, caller).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.PartialContent && !Continues(response, from))
            throw Broken("answered with a part that does not fit");
        if (response.StatusCode != HttpStatusCode.PartialContent)
            Restart(response);
        await CopyAsync(response, inactivity).ConfigureAwait(false);
        if (_length is { } length && target.Length != length)
            throw Broken($"ended after {target.Length} of {length} bytes");
    }

    private async Task<HttpResponseMessage> SendAsync(long from, InactivityTimeout inactivity, ICaller caller)
    {
        try
        {
            return await storage.SendAsync(address, () => Request(from), inactivity, caller).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (from > 0 && e.StatusCode == 416)
        {
            _tag = null;
            throw Broken("can't be continued");
        }
    }

    private HttpRequestMessage Request(long from)
    {
        var request = new HttpRequestMessage { Method = HttpMethod.Get };
        if (from > 0)
        {
            // A storage that has another file by now, or knows no ranges, answers with the whole.
            request.Headers.Range = new RangeHeaderValue(from, to: null);
            request.Headers.IfRange = new RangeConditionHeaderValue(_tag!);
        }

        return request;
    }

    private bool Continues(HttpResponseMessage response, long from)
    {
        var range = response.Content.Headers.ContentRange;
        var fits = from > 0 && range?.From == from && (range.Length ?? _length) == _length && (response.Headers.ETag ?? _tag)!.Equals(_tag);
        if (!fits)
            _tag = null;
        return fits;
    }

    private void Restart(HttpResponseMessage response)
    {
        target.Clear();
        _length = response.Content.Headers.ContentLength;
        _tag = response.Headers.ETag is { IsWeak: false } tag && !response.Headers.AcceptRanges.Contains("none") ? tag : null;
        progress.Total = _length;
    }

    private async Task CopyAsync(HttpResponseMessage response, InactivityTimeout inactivity)
    {
#if NETSTANDARD2_0
        // Reading can't be cancelled here; closing the answer under it can.
        using var closing = inactivity.Token.Register(response.Dispose);
#endif
        using var body = await inactivity.RunAsync(address, storage.ProxyFor, () => response.Content.ReadAsStreamAsync()).ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        while (await inactivity.RunAsync(address, storage.ProxyFor, () => body.ReadAsync(buffer, 0, buffer.Length, inactivity.Token)).ConfigureAwait(false) is > 0 and var read)
        {
            await target.WriteAsync(buffer, read, inactivity.Token).ConfigureAwait(false);
            inactivity.Renew();
            progress.Report(target.Length);
        }
    }

    private OdcException Broken(string how) => new(
        OdcErrorCause.ConnectFailed, $"The download of {address} {how}.", "Check the network and the proxy, then try again.");
}

/// <summary>Shows how far a transfer is, a few times a second.</summary>
internal sealed class TransferProgress(string activity, long? total, ICaller caller, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly long _startedAt = time.GetTimestamp();
    private long _toldAt;
    private bool _hasTold;

    /// <summary>How many bytes there are, as soon as that is known.</summary>
    internal long? Total { get; set; } = total;

    internal void Report(long bytes)
    {
        if (_hasTold && time.GetElapsedTime(_toldAt) < Pause)
            return;
        (_toldAt, _hasTold) = (time.GetTimestamp(), true);
        caller.Progress(new CallerProgress(activity, Left(bytes), Total is { } all ? $"{Size.Of(bytes)} of {Size.Of(all)}" : Size.Of(bytes)));
    }

    public void Dispose()
    {
        if (_hasTold)
            caller.Progress(new CallerProgress(activity, Left: null));
    }

    private TimeSpan? Left(long bytes) => Total is { } all && bytes > 0
        ? TimeSpan.FromTicks((long)(time.GetElapsedTime(_startedAt).Ticks * ((double)(all - bytes) / bytes)))
        : null;
}

/// <summary>Numbers of bytes as people read them.</summary>
internal static class Size
{
    private const double Mega = 1024 * 1024;

    internal static string Of(long bytes) => bytes < Mega
        ? string.Format(CultureInfo.InvariantCulture, "{0:N0} bytes", bytes)
        : string.Format(CultureInfo.InvariantCulture, "{0:N1} MB", bytes / Mega);
}
