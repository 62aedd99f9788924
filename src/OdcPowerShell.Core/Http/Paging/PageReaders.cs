namespace OdcPowerShell.Http;

/// <summary>What is done with whole lists.</summary>
internal static class PageReaders
{
    internal static async Task<IReadOnlyList<T>> ReadAllAsync<T>(this IPageReader<T> reader, ICaller caller, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        while (await reader.NextAsync(caller, cancellationToken).ConfigureAwait(false) is { } page)
            all.AddRange(page);
        return all;
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

    /// <summary>One list of several that may have the same objects: each is written once, where it comes first.</summary>
    internal static IPageReader<T> JoinedBy<T>(this IReadOnlyList<IPageReader<T>> readers, Func<T, string?> key)
    {
        if (readers.Count == 1)
            return readers[0];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new ChangedReader<T>(new ChainedReader<T>(readers), (page, _, _) => Task.FromResult<IReadOnlyList<T>>([.. page.Where(item => seen.Add(key(item) ?? ""))]), keepsCount: false);
    }

    /// <summary>The same list after something was done to each of its objects.</summary>
    internal static IPageReader<T> Each<T>(this IPageReader<T> reader, Action<T> action) => new ChangedReader<T>(reader, (page, _, _) =>
    {
        foreach (var item in page)
            action(item);
        return Task.FromResult(page);
    });
}
