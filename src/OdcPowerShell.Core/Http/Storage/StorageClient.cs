using System.Globalization;

namespace OdcPowerShell.Http;

/// <summary>
/// The way to pre-signed URLs, beside the one to the APIs: connections of its own, on which no token and no rate budget ever come. A URL is
/// a secret; log lines and errors show it without its query.
/// </summary>
internal sealed class StorageClient(HttpMessageInvoker http, ClientOptions options, SocketPool? sockets = null)
{
    private const int MaximumRedirections = 5;
    private readonly Retry _retry = new(options.MaximumRetries, options.FirstPause, options.Time);

    internal TimeProvider Time => options.Time;

    internal static StorageClient Open(ClientOptions options)
    {
        var (http, sockets) = Channel.OpenStorage(options);
        return new StorageClient(http, options, sockets);
    }

    internal Patience Patience(CancellationToken cancellationToken) => new(options.Timeout, cancellationToken);

    internal Uri? ProxyFor(StorageAddress address) => new ProxyRoute(options).For(address.Uri);

    /// <summary>Closes its connections; a transfer that comes later opens new ones.</summary>
    internal void Close() => sockets?.Close();

    /// <summary>Sends a request and returns its successful answer with a body that is still to be read.</summary>
    /// <exception cref="OdcException">Any other answer, or none.</exception>
    internal async Task<HttpResponseMessage> SendAsync(StorageAddress address, Func<HttpRequestMessage> make, Patience patience, ICaller caller)
    {
        for (var redirections = 0; ; redirections++)
        {
            var clock = Time.GetTimestamp();
            using var request = make();
            request.RequestUri = address.Uri;
            var response = await patience.RunAsync(address, ProxyFor, () => http.SendAsync(request, patience.Token)).ConfigureAwait(false);
            patience.Renew();
            caller.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} {1}: {2}, {3:N0} ms", request.Method, address, (int)response.StatusCode, Time.GetElapsedTime(clock).TotalMilliseconds));
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
            {
                if (!IsRedirection(response, request.Method) || redirections == MaximumRedirections)
                    throw await patience.RunAsync(address, ProxyFor, () => StorageFailure.ReadAsync(response, request.Method, address, patience.Token)).ConfigureAwait(false);
                address = address.Redirected(response.Headers.Location);
                // The next request takes the same content, which this one would take away with it.
                request.Content = null;
            }
        }
    }

    /// <summary>Repeats a transfer that failed for a reason that may pass; one that got further than any before it begins the count anew.</summary>
    internal async Task RepeatAsync(string what, Func<Task> attempt, Func<long> reached, ICaller caller, CancellationToken cancellationToken)
    {
        var (failures, furthest) = (0, 0L);
        while (true)
        {
            try
            {
                await attempt().ConfigureAwait(false);
                return;
            }
            catch (OdcException e) when (Retry.IsPassing(e) && options.MaximumRetries > 0)
            {
                failures = reached() > furthest ? 1 : failures + 1;
                furthest = Math.Max(furthest, reached());
                if (failures > options.MaximumRetries)
                    throw;
                caller.Verbose($"{what} broke off and goes on ({failures} of {options.MaximumRetries}): {e.Message}");
            }

            await _retry.PauseAsync(failures, asked: null, cancellationToken).ConfigureAwait(false);
        }
    }

    // A body is sent to another address only by the two codes that ask for it.
    private static bool IsRedirection(HttpResponseMessage response, HttpMethod method) =>
        (int)response.StatusCode is 307 or 308 || (method == HttpMethod.Get && (int)response.StatusCode is 301 or 302 or 303);
}
