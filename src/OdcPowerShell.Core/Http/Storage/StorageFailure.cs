using System.Text;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Http;

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
