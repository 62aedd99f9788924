namespace OdcPowerShell.Http;

/// <summary>The wanted part of a list that can't be cut by the service, because rows are left out here.</summary>
internal sealed class WindowReader<T>(IPageReader<T> inner, ListWindow window) : IPageReader<T>
{
    private long _skip = window.Skip;
    private long _left = window.First;

    public int? TotalCount => inner.TotalCount;

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_left <= 0 || await inner.NextAsync(caller, cancellationToken).ConfigureAwait(false) is not { } page)
            return null;
        var skipped = (int)Math.Min(_skip, page.Count);
        _skip -= skipped;
        IReadOnlyList<T> wanted = [.. page.Skip(skipped).Take((int)Math.Min(_left, int.MaxValue))];
        _left -= wanted.Count;
        return wanted;
    }
}
