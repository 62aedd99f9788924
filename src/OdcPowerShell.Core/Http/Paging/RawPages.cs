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
            Advance(page, results.GetArrayLength());
            yield return [.. results.EnumerateArray()];
        }
    }

    private void Advance(JsonElement page, int count)
    {
        var next = count > 0 && page.TryGetProperty("page", out var info) && info.ValueKind == JsonValueKind.Object
            && info.TryGetProperty("nextPageOffset", out var offset) && offset.ValueKind is JsonValueKind.Number or JsonValueKind.String
            ? offset.ToString()
            : null;
        _next = IsForward(next) && !IsWhole(page) ? At(next!) : null;
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
