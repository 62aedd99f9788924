using System.Runtime.CompilerServices;

namespace OdcPowerShell.Http;

/// <summary>A list of the service. It is read once, page by page.</summary>
internal interface IPagedList<out T>
{
    /// <summary>How many objects the list has, once a page said so; null when the API does not say.</summary>
    int? TotalCount { get; }

    /// <summary>The pages. Each is requested when it is pulled, apart from those that are fetched ahead.</summary>
    IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(ICaller caller, CancellationToken cancellationToken);
}

/// <summary>Which part of a list is wanted, and in pages of what size.</summary>
internal sealed record ListWindow(long Skip = 0, long First = long.MaxValue, int PageSize = 100);

/// <summary>What is done with lists. Nothing is requested before a page is pulled.</summary>
internal static class PagedLists
{
    internal static async Task<IReadOnlyList<T>> ReadAllAsync<T>(this IPagedList<T> list, ICaller caller, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
            all.AddRange(page);
        return all;
    }

    /// <summary>The same list after something was done with each of its pages, such as names added.</summary>
    internal static IPagedList<T> Do<T>(this IPagedList<T> list, Func<IReadOnlyList<T>, ICaller, CancellationToken, Task> work)
    {
        return new Derived<T>(PagesAsync, () => list.TotalCount);

        async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
            {
                await work(page, caller, cancellationToken).ConfigureAwait(false);
                yield return page;
            }
        }
    }

    /// <summary>The same list after something was done with each of its objects.</summary>
    internal static IPagedList<T> Do<T>(this IPagedList<T> list, Action<T> work) => list.Do((page, _, _) =>
    {
        foreach (var item in page)
            work(item);
        return Task.CompletedTask;
    });

    /// <summary>The objects that fit. How many there are is not known before all are read.</summary>
    internal static IPagedList<T> Where<T>(this IPagedList<T> list, Func<T, bool> fits) => new Derived<T>((caller, cancellationToken) => Map(list, page => page.Where(fits), caller, cancellationToken));

    /// <summary>The rows inside the objects of another list. How many there are is not known before all are read.</summary>
    internal static IPagedList<T> SelectMany<TOuter, T>(this IPagedList<TOuter> list, Func<TOuter, IEnumerable<T>> rows) =>
        new Derived<T>((caller, cancellationToken) => Map(list, page => page.SelectMany(rows), caller, cancellationToken));

    /// <summary>Several lists, one after the other.</summary>
    internal static IPagedList<T> Concat<T>(this IEnumerable<IPagedList<T>> lists)
    {
        return new Derived<T>(PagesAsync);

        async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var list in lists)
            {
                await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
                    yield return page;
            }
        }
    }

    /// <summary>One list of several that may have the same objects: each is written once, where it comes first.</summary>
    internal static IPagedList<T> JoinedBy<T>(this IReadOnlyList<IPagedList<T>> lists, Func<T, string?> key)
    {
        if (lists.Count == 1)
            return lists[0];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return lists.Concat().Where(item => seen.Add(key(item) ?? ""));
    }

    /// <summary>The wanted part of a list that can't be cut by the service, because rows are left out here. No page behind it is requested.</summary>
    internal static IPagedList<T> Window<T>(this IPagedList<T> list, ListWindow window)
    {
        return new Derived<T>(PagesAsync, () => list.TotalCount);

        async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var (skip, left) = (window.Skip, window.First);
            if (left <= 0)
                yield break;
            await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
            {
                var skipped = (int)Math.Min(skip, page.Count);
                skip -= skipped;
                IReadOnlyList<T> wanted = [.. page.Skip(skipped).Take((int)Math.Min(left, int.MaxValue))];
                left -= wanted.Count;
                yield return wanted;
                if (left <= 0)
                    yield break;
            }
        }
    }

    /// <summary>Reads a page; when that fails, the error says how much of the list had come before.</summary>
    internal static async Task<TPage> TellingAsync<TPage>(Func<Task<TPage>> read, long before)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (OdcException e) when (before > 0)
        {
            e.Note(FormattableString.Invariant($"Before it, {before} objects of the list had come."));
            throw;
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> Map<TOuter, T>(
        IPagedList<TOuter> list, Func<IReadOnlyList<TOuter>, IEnumerable<T>> map, ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
            yield return [.. map(page)];
    }

    private sealed class Derived<T>(Func<ICaller, CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> pages, Func<int?>? count = null) : IPagedList<T>
    {
        public int? TotalCount => count?.Invoke();

        public IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(ICaller caller, CancellationToken cancellationToken) => pages(caller, cancellationToken);
    }
}

/// <summary>Lists whose next page is named by a text of the service: it is sent back as it came, and must be a new one.</summary>
internal sealed class CursorPages<T>(Func<string?, ICaller, CancellationToken, Task<(IReadOnlyList<T>? Items, string? Next)>> fetch) : IPagedList<T>
{
    public int? TotalCount => null;

    public async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            (var items, cursor) = await fetch(cursor, caller, cancellationToken).ConfigureAwait(false);
            if (items is not { Count: > 0 })
                yield break;
            yield return items;
            if (!string.IsNullOrEmpty(cursor) && seen.Contains(cursor!))
                caller.Incomplete("The service names a page of the list again as its next one: the list may not be complete.");
        }
        while (!string.IsNullOrEmpty(cursor) && seen.Add(cursor!));
    }
}
