using OdcPowerShell.Json;

namespace OdcPowerShell.Http;

/// <summary>Lists that come whole. A page object that names a next page, which nobody can ask for, is warned of.</summary>
internal sealed class WholeListReader<T>(Func<ICaller, CancellationToken, Task<Page<T>>> fetch, ListWindow window) : IPageReader<T>
{
    private bool _ended;

    public int? TotalCount { get; private set; }

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        _ended = true;
        var page = await fetch(caller, cancellationToken).ConfigureAwait(false);
        var items = page.Results ?? [];
        TotalCount = page.Info?.TotalResults ?? items.Count;
        if (page.Info?.NextPageOffset is > 0)
            caller.Warning($"The service has more of this list ({TotalCount} objects) than it gives: {items.Count} came, and there is no way to ask for the rest.");
        return [.. items.Skip((int)Math.Min(window.Skip, int.MaxValue)).Take((int)Math.Min(window.First, int.MaxValue))];
    }
}
