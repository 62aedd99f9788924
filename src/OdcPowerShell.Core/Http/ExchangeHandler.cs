using System.Diagnostics;
using System.Globalization;

namespace OdcPowerShell.Http;

/// <summary>
/// The innermost handler: one request, one whole answer, within a time limit. It turns network failures into typed errors and writes the
/// one verbose line of each exchange, which never shows a header or a body.
/// </summary>
internal sealed class ExchangeHandler(HttpMessageHandler inner, TimeSpan timeout, Func<Uri, Uri?> proxyFor) : DelegatingHandler(inner)
{
    private const int LongestError = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var uri = request.RequestUri!;
        // A file may take longer than the limit, as long as it moves.
        using var following = (request.Content as FileContent)?.Follow(request.Caller(), TimeProvider.System, () => limit.CancelAfter(timeout));
        try
        {
            var response = await base.SendAsync(request, limit.Token).ConfigureAwait(false);
            var bytes = await ReadAsync(response, limit.Token).ConfigureAwait(false);
            response.Content = new BufferedContent(bytes, response.Content);
            request.Caller().Verbose(string.Format(CultureInfo.InvariantCulture, "{0} {1}: {2}, {3:N0} bytes, {4:N0} ms",
                request.Method, Redactor.Address(uri), (int)response.StatusCode, bytes.Length, clock.Elapsed.TotalMilliseconds));
            return response;
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not OperationCanceledException && NetworkFailure.IsCancellation(e))
        {
            // Where a read can't be cancelled, it ends by the closing of its answer.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested && NetworkFailure.IsCancellation(e))
        {
            throw NetworkFailure.TimedOut(uri, timeout, e);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException)
        {
            throw NetworkFailure.Explain(e, uri, proxyFor(uri));
        }
    }

    private static Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.IsSuccessStatusCode ? ReadAllAsync(response, cancellationToken) : ReadStartAsync(response, cancellationToken);

    // An error is told by its first lines, however much a server sends.
    private static async Task<byte[]> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        using var closing = cancellationToken.Register(response.Dispose);
#endif
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var start = new byte[LongestError];
        var length = 0;
        int read;
        do
        {
            read = await body.ReadAsync(start, length, start.Length - length, cancellationToken).ConfigureAwait(false);
            length += read;
        }
        while (read > 0 && length < start.Length);
        Array.Resize(ref start, length);
        return start;
    }

    private static async Task<byte[]> ReadAllAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        // The .NET Framework can't cancel a read, but closing the answer under it ends it; where a read can be cancelled, that comes first.
        using var closing = cancellationToken.Register(response.Dispose);
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        using var all = new MemoryStream();
        await body.CopyToAsync(all, bufferSize: 81920, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return all.ToArray();
#else
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
#endif
    }
}
