namespace OdcPowerShell.Http;

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
