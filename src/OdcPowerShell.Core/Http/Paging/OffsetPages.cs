using System.Runtime.CompilerServices;

namespace OdcPowerShell.Http;

/// <summary>Asks for one page of a list.</summary>
internal delegate Task<Page<T>> FetchPage<T>(long offset, int limit, ICaller caller, CancellationToken cancellationToken);

/// <summary>
/// Lists with a limit, an offset and a page object that names the next offset, with or without totals, in the query or in a body. Once the
/// first pages are consumed and totals say that there are more, pages are fetched ahead. Odd answers end the list, they never loop.
/// </summary>
internal sealed class OffsetPages<T>(FetchPage<T> fetch, ListWindow window) : IPagedList<T>
{
    internal OffsetPages(OdcClient client, Operation<Page<T>> operation, Query query, ListWindow window, params string[] keys)
        : this(QueryPages(client, operation, keys, query), window)
    {
    }

    public int? TotalCount { get; private set; }

    public async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new PagesAhead<Page<T>>();
        var place = new Place(window, caller);
        while (!place.HasEnded)
        {
            var end = place.End;
            var page = await PagedLists.TellingAsync(() => ahead.TakeAsync(
                place.Offset, place.Stride, Math.Min(end, TotalCount ?? 0), (at, who) => fetch(at, (int)Math.Min(window.PageSize, end - at), who, cancellationToken), caller), place.Read).ConfigureAwait(false);
            var results = page.Results ?? [];
            if (results.Count > place.Left)
                results = [.. results.Take((int)place.Left)];
            place.Advance(page.Info, results.Count);
            TotalCount = place.Total;
            if (results.Count > 0)
                yield return results;
        }
    }

    private static FetchPage<T> QueryPages(OdcClient client, Operation<Page<T>> operation, string[] keys, Query query) => (offset, limit, caller, cancellationToken) =>
    {
        var asked = query.Copy().Add(operation.LimitName, limit);
        if (offset > 0)
            asked.Add(operation.OffsetName, checked((int)offset));
        return client.GetAsync(operation, keys, asked, caller, cancellationToken);
    };

    /// <summary>How far a list was read, with the checks of the totals and offsets that the service reports.</summary>
    private sealed class Place(ListWindow window, ICaller caller)
    {
        private bool _warned;

        internal long Offset { get; private set; } = window.Skip;

        internal long Left { get; private set; } = window.First;

        internal long Read { get; private set; }

        /// <summary>How far apart pages stand; 0 where that is not known.</summary>
        internal int Stride { get; private set; }

        internal int? Total { get; private set; }

        internal bool HasEnded { get; private set; } = window.First <= 0;

        internal long End => Left > long.MaxValue - Offset ? long.MaxValue : Offset + Left;

        internal void Advance(PageInfo? info, int count)
        {
            CheckTotal(info?.TotalResults);
            var next = info?.NextPageOffset;
            Left -= count;
            Read += count;
            // A service that names a next offset even on its last page would cost another request, and at the limit a minute.
            var isWhole = info?.TotalResults is { } total && total > 0 && window.Skip + Read >= total;
            HasEnded = count == 0 || Left <= 0 || next is null || next <= Offset || isWhole;
            if (HasEnded && Left > 0 && window.Skip + Read < Total)
                Warn($"The service ended the list after {window.Skip + Read} of {Total} objects: it may not be complete.");
            // The last page names no next one.
            else if (HasEnded && Left > 0 && Total is null && count >= window.PageSize && next is not null)
                Warn($"The service ended the list after {window.Skip + Read} objects with a full page and an odd next offset ({next}): it may not be complete.");
            // Only full pages that follow each other show where the next ones stand; else there is the server's own next offset alone.
            Stride = count == window.PageSize && next == Offset + count ? count : 0;
            Offset = next ?? Offset;
        }

        private void CheckTotal(int? total)
        {
            if (total is null or < 0)
                return;
            if (Total is { } before && before != total)
                Warn($"The list changed while it was read ({before} objects, now {total}): some may be missing or repeated. Run the command again for an exact list.");
            Total = total;
        }

        private void Warn(string message)
        {
            if (!_warned)
                caller.Incomplete(message);
            _warned = true;
        }
    }
}

/// <summary>
/// Pages that were asked for before they are needed: none before the first was consumed, then 1, 2, 4 and 8. A page that could not be had
/// this way is asked for again when its turn comes.
/// </summary>
internal sealed class PagesAhead<TPage>
{
    private const int MostAhead = 8;
    private readonly Dictionary<long, (Task<TPage> Page, BackgroundCaller Caller)> _pages = [];
    private int _depth;

    internal delegate Task<TPage> Fetch(long offset, ICaller caller);

    /// <summary>
    /// The page at an offset, fetched ahead or now, while those behind it are asked for as far ahead as the reading has earned. A stride of 0
    /// says that it is not known how far apart pages stand, and nothing is fetched ahead.
    /// </summary>
    internal async Task<TPage> TakeAsync(long offset, int stride, long end, Fetch fetch, ICaller caller)
    {
        var isAhead = _pages.TryGetValue(offset, out var ahead);
        var page = ahead.Page;
        if (isAhead)
        {
            ahead.Caller.Await();
        }
        else
        {
            // The server's next offset is not where it was expected: what was fetched ahead is not in the list's order.
            _pages.Clear();
            page = fetch(offset, caller);
        }

        _pages.Remove(offset);
        if (stride > 0)
            Fill(offset + stride, stride, end, fetch, caller);
        await Task.WhenAny(page!).ConfigureAwait(false);
        return isAhead && page!.Status != TaskStatus.RanToCompletion
            ? await fetch(offset, caller).ConfigureAwait(false)
            : await page!.ConfigureAwait(false);
    }

    private void Fill(long offset, int stride, long end, Fetch fetch, ICaller caller)
    {
        _depth = Math.Min(MostAhead, Math.Max(1, _depth * 2));
        for (var at = offset; at < end && at < offset + ((long)_depth * stride); at += stride)
        {
            if (_pages.ContainsKey(at))
                continue;
            var background = new BackgroundCaller(caller);
            _pages[at] = (fetch(at, background), background);
        }
    }
}
