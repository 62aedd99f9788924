namespace OdcPowerShell.Http;

/// <summary>Lists with a limit and an offset but no page object: a page that is not full is the last. No offset is sent with the first.</summary>
internal sealed class ShortPageReader<T>(Func<long?, int, ICaller, CancellationToken, Task<IReadOnlyList<T>?>> fetch, ListWindow window) : IPageReader<T>
{
    private long _offset = window.Skip;
    private long _left = window.First;
    private bool _ended = window.First <= 0;

    public int? TotalCount => null;

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        var limit = (int)Math.Min(window.PageSize, _left);
        var items = await fetch(_offset == 0 ? null : _offset, limit, caller, cancellationToken).ConfigureAwait(false) ?? [];
        if (items.Count > _left)
            items = [.. items.Take((int)_left)];
        _left -= items.Count;
        _offset += items.Count;
        _ended = items.Count < limit || _left <= 0;
        return items.Count == 0 ? null : items;
    }
}
