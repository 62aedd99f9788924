namespace OdcPowerShell.Http;

/// <summary>Several lists, one after the other.</summary>
internal sealed class ChainedReader<T>(IEnumerable<IPageReader<T>> lists) : IPageReader<T>
{
    private readonly Queue<IPageReader<T>> _lists = new(lists);

    public int? TotalCount => null;

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        while (_lists.Count > 0)
        {
            if (await _lists.Peek().NextAsync(caller, cancellationToken).ConfigureAwait(false) is { } page)
                return page;
            _lists.Dequeue();
        }

        return null;
    }
}
