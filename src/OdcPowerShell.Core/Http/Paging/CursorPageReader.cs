namespace OdcPowerShell.Http;

/// <summary>Lists whose next page is named by a text of the service: it is handed back as it came, and must be a new one.</summary>
internal sealed class CursorPageReader<T>(Func<string?, ICaller, CancellationToken, Task<(IReadOnlyList<T>? Items, string? Next)>> fetch) : IPageReader<T>
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _cursor;
    private bool _ended;

    public int? TotalCount => null;

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        var (items, next) = await fetch(_cursor, caller, cancellationToken).ConfigureAwait(false);
        _ended = items is not { Count: > 0 } || string.IsNullOrEmpty(next) || !_seen.Add(next!);
        _cursor = next;
        return items is { Count: > 0 } ? items : null;
    }
}
