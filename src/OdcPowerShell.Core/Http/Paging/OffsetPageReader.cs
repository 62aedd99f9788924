using OdcPowerShell.Json;

namespace OdcPowerShell.Http;

/// <summary>
/// Lists with a limit, an offset and a page object that names the next offset, with or without totals, in the query or in a body. Once the
/// first pages are consumed and totals say that there are more, pages are fetched ahead. Odd answers end the list, they never loop.
/// </summary>
internal sealed class OffsetPageReader<T>(FetchPage<T> fetch, ListWindow window) : IPageReader<T>
{
    private readonly PagesAhead<Page<T>> _ahead = new();
    private long _offset = window.Skip;
    private long _left = window.First;
    private long _read;
    private int _stride;
    private bool _ended = window.First <= 0;
    private bool _warned;

    internal OffsetPageReader(OdcClient client, Operation<Page<T>> operation, Query query, ListWindow window, params string[] keys)
        : this(QueryPages(client, operation, keys, query), window)
    {
    }

    public int? TotalCount { get; private set; }

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        var end = _left > long.MaxValue - _offset ? long.MaxValue : _offset + _left;
        var page = await PageReaders.TellingAsync(() => _ahead.TakeAsync(
            _offset, _stride, Math.Min(end, TotalCount ?? 0), (at, who) => fetch(at, (int)Math.Min(window.PageSize, end - at), who, cancellationToken), caller), _read).ConfigureAwait(false);
        var results = page.Results ?? [];
        if (results.Count > _left)
            results = [.. results.Take((int)_left)];
        CheckTotal(page.Info?.TotalResults, caller);
        Advance(page.Info, results.Count, caller);
        return results.Count == 0 ? null : results;
    }

    private void Advance(PageInfo? info, int count, ICaller caller)
    {
        var next = info?.NextPageOffset;
        _left -= count;
        _read += count;
        // A service that names a next offset even on its last page would cost another request, and at the limit a minute.
        var isWhole = info?.TotalResults is { } total && total > 0 && window.Skip + _read >= total;
        _ended = count == 0 || _left <= 0 || next is null || next <= _offset || isWhole;
        if (_ended && _left > 0 && window.Skip + _read < TotalCount)
            Warn(caller, $"The service ended the list after {window.Skip + _read} of {TotalCount} objects: it may not be complete.");
        // Only full pages that follow each other show where the next ones stand; else there is the server's own next offset alone.
        _stride = count == window.PageSize && next == _offset + count ? count : 0;
        _offset = next ?? _offset;
    }

    private void CheckTotal(int? total, ICaller caller)
    {
        if (total is null or < 0)
            return;
        if (TotalCount is { } before && before != total)
            Warn(caller, $"The list changed while it was read ({before} objects, now {total}): some may be missing or repeated. Run the command again for an exact list.");
        TotalCount = total;
    }

    private void Warn(ICaller caller, string message)
    {
        if (!_warned)
            caller.Warning(message);
        _warned = true;
    }

    private static FetchPage<T> QueryPages(OdcClient client, Operation<Page<T>> operation, string[] keys, Query query) => (offset, limit, caller, cancellationToken) =>
    {
        var asked = query.Copy().Add("limit", limit);
        if (offset > 0)
            asked.Add("offset", checked((int)offset));
        return client.GetAsync(operation, keys, asked, caller, cancellationToken);
    };
}

/// <summary>Asks for one page of a list.</summary>
internal delegate Task<Page<T>> FetchPage<T>(long offset, int limit, ICaller caller, CancellationToken cancellationToken);
