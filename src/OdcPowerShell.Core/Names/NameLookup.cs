using System.Collections.Concurrent;
using OdcPowerShell.Http;

namespace OdcPowerShell.Names;

/// <summary>Finds objects by their name. What was found is kept for a minute, so that a pipeline asks once.</summary>
internal sealed class NameLookup<T>(NameLookup<T>.Search search, TimeProvider time)
    where T : class
{
    private const int MostKept = 1000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (IReadOnlyList<T> Found, long ReadAt)> _kept = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Asks the service for the objects that may have this name.</summary>
    internal delegate Task<IReadOnlyList<T>> Search(string name, ICaller caller, CancellationToken cancellationToken);

    internal async Task<IReadOnlyList<T>> FindAsync(string name, ICaller caller, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(name, out var kept) && time.GetElapsedTime(kept.ReadAt) < Life)
            return kept.Found;
        var found = await search(name, caller, cancellationToken).ConfigureAwait(false);
        if (_kept.Count >= MostKept)
            _kept.Clear();
        // What was not found may be created the next moment.
        if (found.Count > 0)
            _kept[name] = (found, time.GetTimestamp());
        return found;
    }

    /// <summary>Forgets what was found: something was created, renamed or removed.</summary>
    internal void Forget() => _kept.Clear();
}
