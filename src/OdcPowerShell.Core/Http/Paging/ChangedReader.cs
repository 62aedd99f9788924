namespace OdcPowerShell.Http;

/// <summary>Pages of another reader after something was done to each: names added, or rows left out.</summary>
internal sealed class ChangedReader<T>(IPageReader<T> inner, Func<IReadOnlyList<T>, ICaller, CancellationToken, Task<IReadOnlyList<T>>> change, bool keepsCount = true)
    : IPageReader<T>
{
    public int? TotalCount => keepsCount ? inner.TotalCount : null;

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken) =>
        await inner.NextAsync(caller, cancellationToken).ConfigureAwait(false) is { } page ? await change(page, caller, cancellationToken).ConfigureAwait(false) : null;
}
