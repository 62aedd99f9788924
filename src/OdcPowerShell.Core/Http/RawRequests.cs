using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OdcPowerShell.Http;

/// <summary>
/// Follows the pages of any list of the API: <c>results</c> with a page object whose <c>nextPageOffset</c> is a number or a text. An answer
/// of another shape is one page of one object.
/// </summary>
internal sealed class RawPages(OdcClient client, ApiRequest first) : IPagedList<JsonElement>
{
    private readonly ApiRequest _first = first;
    private readonly PagesAhead<JsonElement?> _ahead = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private ApiRequest? _next = first;
    private string? _offset;
    private long _at;
    private long _end;
    private int _stride;
    private long _read;

    public int? TotalCount => null;

    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_next is { } request)
        {
            var at = _at;
            var body = await PagedLists.TellingAsync(() => _ahead.TakeAsync(at, _stride, _end, (offset, who) => SendAsync(offset == at ? request : At(offset), who, cancellationToken), caller), _read).ConfigureAwait(false);
            if (body is not { ValueKind: JsonValueKind.Object } page || !page.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array)
            {
                if (body is { } whole)
                    yield return whole.ValueKind == JsonValueKind.Array ? [.. whole.EnumerateArray()] : [whole];
                yield break;
            }

            _read += results.GetArrayLength();
            Advance(page, results.GetArrayLength(), caller);
            yield return [.. results.EnumerateArray()];
        }
    }

    private void Advance(JsonElement page, int count, ICaller caller)
    {
        var next = count > 0 && page.TryGetProperty("page", out var info) && info.ValueKind == JsonValueKind.Object
            && info.TryGetProperty("nextPageOffset", out var offset) && offset.ValueKind is JsonValueKind.Number or JsonValueKind.String
            ? offset.ToString()
            : null;
        var isForward = IsForward(next);
        _next = isForward && !IsWhole(page) ? At(next!) : null;
        if (!isForward && !string.IsNullOrEmpty(next) && IsFull(page, count))
            caller.Incomplete($"The service ended the list after {_read} objects with an odd next offset ({next}): it may not be complete.");
        _offset = next;
        Look(page, count, next);
    }

    /// <summary>Where the pages behind this one stand: its own numbers say so, or nothing is fetched ahead.</summary>
    private void Look(JsonElement page, int count, string? next)
    {
        var isNumber = long.TryParse(next, NumberStyles.Integer, CultureInfo.InvariantCulture, out var following);
        // A cursor is no place in the list; its page is the only one that is asked for.
        _at = isNumber ? following : _at + 1;
        _stride = isNumber && Number(page.GetProperty("page"), "offset") is { } offset && following == offset + count ? count : 0;
        _end = page.TryGetProperty("page", out var info) ? Number(info, "totalResults") ?? 0 : 0;
    }

    private ApiRequest At(string offset) => _first with { Path = RawPath.WithOffset(_first.Path, offset) };

    private ApiRequest At(long offset) => At(offset.ToString(CultureInfo.InvariantCulture));

    private Task<JsonElement?> SendAsync(ApiRequest request, ICaller caller, CancellationToken cancellationToken) =>
        client.SendAsync(request, answer => RawJson.Read(answer, request), caller, cancellationToken);

    // A full page of a list without a total: the last one names no next one.
    private static bool IsFull(JsonElement page, int count) =>
        page.TryGetProperty("page", out var info) && Number(info, "totalResults") is null && Number(info, "limit") is > 0 and var limit && count >= limit;

    // By its own numbers the page reaches to the end of the list.
    private static bool IsWhole(JsonElement page) => page.TryGetProperty("page", out var info) && Number(info, "totalResults") is > 0 and var total
        && Number(info, "offset") is { } offset && offset + page.GetProperty("results").GetArrayLength() >= total;

    private static long? Number(JsonElement info, string name) =>
        info.ValueKind == JsonValueKind.Object && info.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    // A number must grow; a cursor must at least be a new one.
    private bool IsForward(string? next)
    {
        if (string.IsNullOrEmpty(next) || !_seen.Add(next!))
            return false;
        return !long.TryParse(next, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            || (number > 0 && (!long.TryParse(_offset, NumberStyles.Integer, CultureInfo.InvariantCulture, out var before) || number > before));
    }
}

/// <summary>Paths that a user wrote.</summary>
internal static class RawPath
{
    /// <summary>Path and query on the tenant; a whole URL is taken when it is the tenant's own.</summary>
    /// <exception cref="OdcException">It leads elsewhere: the token must not go there.</exception>
    internal static string On(Uri origin, string text)
    {
        var relative = text.Trim();
        var isWhole = !relative.StartsWith("/", StringComparison.Ordinal) && relative.Contains("://");
        var isAddress = Uri.TryCreate(isWhole ? relative : origin.GetLeftPart(UriPartial.Authority) + "/" + relative.TrimStart('/'), UriKind.Absolute, out var uri);
        if (!isAddress || uri!.UserInfo.Length > 0 || uri.GetLeftPart(UriPartial.Authority) != origin.GetLeftPart(UriPartial.Authority))
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, $"'{Redactor.Excerpt(relative)}' is not a path of {origin.Authority}.",
                "Specify a path such as /api/identity/v1/users: requests with the access token go to the connection's tenant only.");
        }

        return uri.PathAndQuery;
    }

    /// <summary>The path with another offset in its query.</summary>
    internal static string WithOffset(string path, string offset)
    {
        var parts = path.Split(['?'], 2);
        var pairs = parts.Length == 1 ? [] : parts[1].Split(['&'], StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !p.StartsWith("offset=", StringComparison.OrdinalIgnoreCase));
        // The code quality API spells its query in capitals.
        var name = parts[0].StartsWith("/api/code-quality/", StringComparison.OrdinalIgnoreCase) ? "Offset" : "offset";
        return parts[0] + "?" + string.Join("&", pairs.Concat([name + "=" + Uri.EscapeDataString(offset)]));
    }
}

/// <summary>Reads an answer of unknown shape.</summary>
internal static class RawJson
{
    /// <summary>The JSON of an answer; null when it has no body.</summary>
    /// <exception cref="OdcApiException">The body is something else.</exception>
    internal static JsonElement? Read(ApiAnswer answer, ApiRequest request)
    {
        if (answer.Body.Length == 0)
            return null;
        try
        {
            if (Answers.IsJson(answer.ContentType))
            {
                using var json = JsonDocument.Parse(answer.Body);
                return json.RootElement.Clone();
            }
        }
        catch (JsonException e)
        {
            throw ApiFailure.Unexpected(answer, request, e);
        }

        throw ApiFailure.Unexpected(answer, request, inner: null);
    }
}
