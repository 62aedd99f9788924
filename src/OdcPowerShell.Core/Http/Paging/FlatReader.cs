namespace OdcPowerShell.Http;

/// <summary>The rows inside the objects of another list. How many there are is not known before all are read.</summary>
internal sealed class FlatReader<TOuter, T>(IPageReader<TOuter> outer, Func<TOuter, IEnumerable<T>> rows) : IPageReader<T>
{
    public int? TotalCount => null;

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken) =>
        await outer.NextAsync(caller, cancellationToken).ConfigureAwait(false) is { } page ? [.. page.SelectMany(rows)] : null;
}
