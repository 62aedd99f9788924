using System.Runtime.CompilerServices;

namespace OdcPowerShell.Http;

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
        }
        while (!string.IsNullOrEmpty(cursor) && seen.Add(cursor!));
    }
}
