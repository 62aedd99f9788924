using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

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
        var (http, sockets) = HttpHandlers.OpenStorage(options);
        return new StorageClient(http, options, sockets);
    }

    internal InactivityTimeout InactivityTimeout(CancellationToken cancellationToken) => new(options.Timeout, cancellationToken);

    internal Uri? ProxyFor(StorageAddress address) => new ProxyRoute(options).For(address.Uri);

    /// <summary>Closes its connections; a transfer that comes later opens new ones.</summary>
    internal void Close() => sockets?.Close();

    /// <summary>Sends a request and returns its successful answer with a body that is still to be read.</summary>
    /// <exception cref="OdcException">Any other answer, or none.</exception>
    internal async Task<HttpResponseMessage> SendAsync(StorageAddress address, Func<HttpRequestMessage> make, InactivityTimeout inactivity, ICaller caller)
    {
        for (var redirections = 0; ; redirections++)
        {
            var clock = Time.GetTimestamp();
            using var request = make();
            request.RequestUri = address.Uri;
            var response = await inactivity.RunAsync(address, ProxyFor, () => http.SendAsync(request, inactivity.Token)).ConfigureAwait(false);
            inactivity.Renew();
            caller.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} {1}: {2}, {3:N0} ms", request.Method, address, (int)response.StatusCode, Time.GetElapsedTime(clock).TotalMilliseconds));
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
            {
                if (!IsRedirection(response, request.Method) || redirections == MaximumRedirections)
                    throw await inactivity.RunAsync(address, ProxyFor, () => StorageFailure.ReadAsync(response, request.Method, address, inactivity.Token)).ConfigureAwait(false);
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
            catch (OdcException e) when (Retry.IsTransient(e) && options.MaximumRetries > 0)
            {
                failures = reached() > furthest ? 1 : failures + 1;
                furthest = Math.Max(furthest, reached());
                if (failures > options.MaximumRetries)
                    throw;
                caller.Verbose($"{what} broke off and continues ({failures} of {options.MaximumRetries}): {e.Message}");
            }

            await _retry.PauseAsync(failures, asked: null, cancellationToken).ConfigureAwait(false);
        }
    }

    // A body is sent to another address only by the two codes that ask for it.
    private static bool IsRedirection(HttpResponseMessage response, HttpMethod method) =>
        (int)response.StatusCode is 307 or 308 || (method == HttpMethod.Get && (int)response.StatusCode is 301 or 302 or 303);
}

/// <summary>The time limit of a transfer: not of the whole, which may be large, but of each pause in which no byte moves.</summary>
internal sealed class InactivityTimeout : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _limit;
    private readonly TimeSpan _span;

    internal InactivityTimeout(TimeSpan span, CancellationToken caller)
    {
        _span = span;
        _caller = caller;
        _limit = CancellationTokenSource.CreateLinkedTokenSource(caller);
        Renew();
    }

    internal CancellationToken Token => _limit.Token;

    internal void Renew() => _limit.CancelAfter(_span);

    /// <summary>Runs a part of a transfer with an address, and says what a failure of it means.</summary>
    internal async Task<T> RunAsync<T>(StorageAddress address, Func<StorageAddress, Uri?> proxyFor, Func<Task<T>> part)
    {
        try
        {
            return await part().ConfigureAwait(false);
        }
        catch (Exception e) when (!_caller.IsCancellationRequested && _limit.IsCancellationRequested && NetworkFailure.IsCancellation(e))
        {
            throw NetworkFailure.TimedOut(address.Uri, _span, e);
        }
        catch (OperationCanceledException e) when (!_caller.IsCancellationRequested && e.InnerException is TimeoutException)
        {
            throw NetworkFailure.NotReached(address.Uri, _span, proxyFor(address), e);
        }
        catch (Exception e) when (!_caller.IsCancellationRequested && e is HttpRequestException or IOException)
        {
            throw e.InnerException as OdcException ?? OfStorage(NetworkFailure.Explain(e, address.Uri, proxyFor(address)));
        }
    }

    private static OdcException OfStorage(OdcException e) => e.Cause != OdcErrorCause.DnsFailed ? e : new OdcException(
        e.Cause, e.Message, "Files are on a host of their own, besides the tenant's: check this machine's DNS, and that firewall and proxy let it through.", e);

    public void Dispose() => _limit.Dispose();
}

/// <summary>A pre-signed URL. It needs no sign-in, so only its host and path are ever shown.</summary>
internal sealed class StorageAddress
{
    private StorageAddress(Uri uri) => Uri = uri;

    /// <summary>The whole URL, for the wire only.</summary>
    internal Uri Uri { get; }

    /// <summary>The last part of the path.</summary>
    internal string FileName => Uri.UnescapeDataString(Uri.Segments[Uri.Segments.Length - 1].TrimEnd('/'));

    /// <exception cref="OdcException">Not an address, or one that would cross a network in the clear.</exception>
    internal static StorageAddress Parse(string? text) => TryParse(text) ?? throw new OdcException(
        OdcErrorCause.InvalidRequest, "The URL of the file is not an https address.", "Specify the whole URL, as the service returned it. The file was not requested.");

    /// <summary>Null where <see cref="Parse"/> throws. The text itself is never shown.</summary>
    internal static StorageAddress? TryParse(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (IsHttps(uri) || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? new StorageAddress(uri)
            : null;

    /// <summary>Where a redirection leads: to the same scheme only.</summary>
    /// <exception cref="OdcException">It leads elsewhere, or nowhere.</exception>
    internal StorageAddress Redirected(Uri? location)
    {
        var next = location is null ? null : TryParse(new Uri(Uri, location).AbsoluteUri);
        return next is not null && next.Uri.Scheme == Uri.Scheme
            ? next
            : throw new OdcException(
                OdcErrorCause.UnexpectedResponse, $"{this} redirects to {(location is null ? "nowhere" : Redactor.Whole(location))}, which is not followed.", "A proxy or gateway may have answered instead of the storage.");
    }

    /// <summary>A text of a server without what it repeats of the query.</summary>
    internal string RemoveQueryFrom(string text) => Uri.Query.TrimStart('?').Split('&')
        .Select(pair => pair.Substring(pair.IndexOf('=') + 1)).Where(value => value.Length > 3)
        .Aggregate(text, (clean, value) => new Authentication.Secret(Uri.UnescapeDataString(value)).RemoveFrom(clean));

    /// <summary>Without the query, which contains the signature.</summary>
    public override string ToString() => Uri.GetLeftPart(UriPartial.Path);

    private static bool IsHttps(Uri uri) => uri.Scheme == Uri.UriSchemeHttps;
}

/// <summary>What the answers of a storage mean. Their own bodies are not shown: some repeat the signature. A page comes from something in front of them.</summary>
internal static class StorageFailure
{
    private const int LongestError = 16 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    internal static async Task<OdcApiException> ReadAsync(HttpResponseMessage response, HttpMethod method, StorageAddress address, CancellationToken cancellationToken)
    {
        var (code, text) = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var (cause, meaning, action) = Explain(status, code, method == HttpMethod.Put);
        var message = $"{method} {address}: {meaning} ({status}{(code is null ? "" : ", " + code)}).";
        if (code is null && (status is 407 || IsPage(response, text)))
            (cause, message, action) = InFront.Explain($"{method} {address}", "the storage", response, Redactor.Excerpt(address.RemoveQueryFrom(text)));
        return new OdcApiException(cause, message, action)
        {
            StatusCode = status,
            ErrorCode = code,
            Method = method.Method,
            Path = address.Uri.AbsolutePath,
        };
    }

    private static (OdcErrorCause Cause, string Meaning, string Action) Explain(int status, string? code, bool isUpload) => (status, code) switch
    {
        (401 or 403, _) or (_, "ExpiredToken") => (OdcErrorCause.LinkExpired, "the storage rejects the URL: it has expired, or is not whole", Renew(isUpload)),
        (404 or 410, _) => (OdcErrorCause.NotFound, "the storage has no such file", "Read the object again for a new URL; the file may have been deleted."),
        (408 or 429 or >= 500, _) or (_, "RequestTimeout") => (OdcErrorCause.Unavailable, "the storage is not available", "Try again later."),
        (400 or 411 or 413, _) => (OdcErrorCause.InvalidRequest, "the storage rejects the request", isUpload ? "Check the size of the file." : "Read the object again for a new URL."),
        _ => (OdcErrorCause.UnexpectedResponse, "unexpected response", "A proxy or gateway may have answered instead of the storage."),
    };

    private static string Renew(bool isUpload) => isUpload
        ? "Get a new one with New-OdcUpload, and send the file at once."
        : "Read the object again: its new URL is good for some minutes. Then save it at once.";

    // The storages themselves answer in XML.
    private static bool IsPage(HttpResponseMessage response, string text) => text.StartsWith(InFront.AccessFilter, StringComparison.OrdinalIgnoreCase)
        || (text.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("html", StringComparison.OrdinalIgnoreCase) == true);

    // Of a storage's XML only the code is harmless.
    private static async Task<(string? Code, string Text)> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        using var closing = cancellationToken.Register(response.Dispose);
#endif
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var start = new byte[LongestError];
        var (length, read) = (0, 1);
        while (read > 0 && length < start.Length)
        {
            read = await body.ReadAsync(start, length, start.Length - length, cancellationToken).ConfigureAwait(false);
            length += read;
        }

        var text = Encoding.UTF8.GetString(start, 0, length);
        var found = Regex.Match(text, "<Code>(?<code>[A-Za-z]{1,60})</Code>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
        return (found.Success ? found.Groups["code"].Value : null, text);
    }
}
