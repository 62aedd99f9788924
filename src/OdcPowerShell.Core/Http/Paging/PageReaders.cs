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

    /// <summary>The same list after something was done to each of its objects.</summary>
    internal static IPageReader<T> Each<T>(this IPageReader<T> reader, Action<T> action) => new ChangedReader<T>(reader, (page, _, _) =>
    {
        foreach (var item in page)
            action(item);
        return Task.FromResult(page);
    });
}
