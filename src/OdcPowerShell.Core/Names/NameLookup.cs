using System.Collections.Concurrent;
using OdcPowerShell.Http;

namespace OdcPowerShell.Names;

/// <summary>Finds objects by their name. What was found is kept for a minute, so that a pipeline asks once.</summary>
internal sealed class NameLookup<T>(NameLookup<T>.Search search, TimeProvider time)
    where T : class
{
    private const int MostKept = 1000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private volatile Store _store = new();

    /// <summary>Asks the service for the objects that may have this name.</summary>
    internal delegate Task<IReadOnlyList<T>> Search(string name, ICaller caller, CancellationToken cancellationToken);

    internal async Task<IReadOnlyList<T>> FindAsync(string name, ICaller caller, CancellationToken cancellationToken)
    {
        // What is found by a search that was under way when all was forgotten goes to the store that was left behind.
        var store = _store;
        if (store.Found.TryGetValue(name, out var kept) && time.GetElapsedTime(kept.ReadAt) < Life)
            return kept.Found;
        IReadOnlyList<T> found = [];
        foreach (var form in NameText.Forms(name))
        {
            found = await search(form, caller, cancellationToken).ConfigureAwait(false);
            if (found.Count > 0)
                break;
        }

        if (store.Found.Count >= MostKept)
            store.Found.Clear();
        // What was not found may be created the next moment.
        if (found.Count > 0)
            store.Found[name] = (found, time.GetTimestamp());
        return found;
    }

    /// <summary>Forgets what was found: something was created, renamed or removed.</summary>
    internal void Forget() => _store = new Store();

    private sealed class Store
    {
        internal ConcurrentDictionary<string, (IReadOnlyList<T> Found, long ReadAt)> Found { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
