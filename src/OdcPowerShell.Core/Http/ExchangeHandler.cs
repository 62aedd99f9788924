using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace OdcPowerShell.Http;

/// <summary>
/// The innermost handler: one request, one whole answer, within a time limit. It turns network failures into typed errors and writes the
/// one verbose line of each exchange, which never shows a header or a body.
/// </summary>
internal sealed class ExchangeHandler(HttpMessageHandler inner, TimeSpan timeout, Func<Uri, Uri?> proxyFor) : DelegatingHandler(inner)
{
    /// <summary>How much of an answer is read. A page of 1,000 objects has half a mebibyte; what has more than this is no answer of the service.</summary>
    internal const int LongestAnswer = 32 * 1024 * 1024;

    private const int LongestError = 64 * 1024;
    private const int BufferSize = 81920;
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(5);

    /// <summary>The sockets beneath, so that they can be closed.</summary>
    internal SocketPool? Sockets { get; init; }

    /// <summary>Limit of making a connection, for the message about it.</summary>
    internal TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

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
            var response = await WaitAsync(base.SendAsync(request, limit.Token), request).ConfigureAwait(false);
            var bytes = await ReadAsync(response, uri, limit.Token).ConfigureAwait(false);
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
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested && e.InnerException is TimeoutException)
        {
            throw NetworkFailure.NotReached(uri, ConnectTimeout, proxyFor(uri), e);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException)
        {
            // A file that changed during the upload is reported as that, and not as a broken connection.
            throw e.InnerException as OdcException ?? NetworkFailure.Explain(e, uri, proxyFor(uri));
        }
    }

    /// <summary>Shows that it is waited for a server that takes long; a file on its way shows its own progress.</summary>
    private static async Task<HttpResponseMessage> WaitAsync(Task<HttpResponseMessage> sending, HttpRequestMessage request)
    {
        if (request.Content is FileContent)
            return await sending.ConfigureAwait(false);
        var (clock, caller, isTold) = (Stopwatch.StartNew(), request.Caller(), false);
        while (!sending.IsCompleted)
        {
            using var tick = new CancellationTokenSource();
            await Task.WhenAny(sending, Task.Delay(WorthTelling, tick.Token)).ConfigureAwait(false);
            tick.Cancel();
            if (sending.IsCompleted)
                break;
            isTold = true;
            caller.Progress(new CallerProgress(
                $"Waiting for {request.RequestUri!.Authority}", Left: null, FormattableString.Invariant($"{request.Method} {request.RequestUri.AbsolutePath}: no answer for {clock.Elapsed.TotalSeconds:0} s")));
        }

        if (isTold)
            caller.Progress(new CallerProgress($"Waiting for {request.RequestUri!.Authority}", Left: null));
        return await sending.ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri uri, CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        // The .NET Framework can't cancel a read, but closing the answer under it ends it; where a read can be cancelled, that comes first.
        using var closing = cancellationToken.Register(response.Dispose);
#endif
        // The first lines of an error are enough, however much a server sends.
        var longest = response.IsSuccessStatusCode ? LongestAnswer : LongestError;
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        using var all = new MemoryStream((int)Math.Min(response.Content.Headers.ContentLength ?? 0, longest));
        var buffer = new byte[Math.Min(BufferSize, longest)];
        int read;
        do
        {
            read = await body.ReadAsync(buffer, 0, (int)Math.Min(buffer.Length, longest + 1L - all.Length), cancellationToken).ConfigureAwait(false);
            all.Write(buffer, 0, read);
        }
        while (read > 0 && all.Length <= longest);
        cancellationToken.ThrowIfCancellationRequested();
        if (all.Length > longest && response.IsSuccessStatusCode)
            throw TooLong(response, uri);
        all.SetLength(Math.Min(all.Length, longest));
        return all.Length == all.Capacity ? all.GetBuffer() : all.ToArray();
    }

    // Not an answer that another try could better: it is not read again.
    private static OdcException TooLong(HttpResponseMessage response, Uri uri)
    {
        response.Dispose();
        return new OdcException(
            OdcErrorCause.UnexpectedResponse, $"{uri.Authority} answered {Redactor.Address(uri)} with more than {LongestAnswer / (1024 * 1024)} MiB, which no answer of the service has; the rest was not read.",
            "A proxy or gateway may have answered instead of ODC. For a list, a smaller -PageSize makes smaller answers.");
    }
}

/// <summary>The body of an answer, read whole, so that a truncated one is a failed exchange and not a surprise while parsing.</summary>
internal sealed class BufferedContent : HttpContent
{
    internal BufferedContent(byte[] bytes, HttpContent original)
    {
        Bytes = bytes;
        foreach (var header in original.Headers)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    internal byte[] Bytes { get; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Bytes, 0, Bytes.Length);

    protected override bool TryComputeLength(out long length)
    {
        length = Bytes.Length;
        return true;
    }
}
