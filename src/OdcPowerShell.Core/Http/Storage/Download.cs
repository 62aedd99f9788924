using System.Net;
using System.Net.Http.Headers;

namespace OdcPowerShell.Http;

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
        using var patience = storage.Patience(cancellationToken);
        using var response = await SendAsync(from, patience, caller).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.PartialContent && !Continues(response, from))
            throw Broken("answered with a part that does not fit");
        if (response.StatusCode != HttpStatusCode.PartialContent)
            Restart(response);
        await CopyAsync(response, patience).ConfigureAwait(false);
        if (_length is { } length && target.Length != length)
            throw Broken($"ended after {target.Length} of {length} bytes");
    }

    private async Task<HttpResponseMessage> SendAsync(long from, Patience patience, ICaller caller)
    {
        try
        {
            return await storage.SendAsync(address, () => Request(from), patience, caller).ConfigureAwait(false);
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

    private async Task CopyAsync(HttpResponseMessage response, Patience patience)
    {
#if NETSTANDARD2_0
        // Reading can't be cancelled here; closing the answer under it can.
        using var closing = patience.Token.Register(response.Dispose);
#endif
        using var body = await patience.RunAsync(address, storage.ProxyFor, () => response.Content.ReadAsStreamAsync()).ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        while (await patience.RunAsync(address, storage.ProxyFor, () => body.ReadAsync(buffer, 0, buffer.Length, patience.Token)).ConfigureAwait(false) is > 0 and var read)
        {
            await target.WriteAsync(buffer, read, patience.Token).ConfigureAwait(false);
            patience.Renew();
            progress.Report(target.Length);
        }
    }

    private OdcException Broken(string how) => new(
        OdcErrorCause.ConnectFailed, $"The download of {address} {how}.", "Check the network and the proxy, then try again.");
}
