using System.Collections.Concurrent;

namespace OdcPowerShell.Names;

/// <summary>The first names of lists, by the list and what was typed, kept for a minute.</summary>
internal sealed class FirstNames(TimeProvider time)
{
    private const int MostKept = 200;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private volatile Store _store = new();

    /// <summary>Where names go that are asked for now: when all is forgotten meanwhile, they are too.</summary>
    internal object Now => _store;

    /// <summary>What is known of the names with a text in them; null where that was not asked for lately.</summary>
    internal IReadOnlyList<string>? Of(string list, string typed)
    {
        var names = _store.Names;
        // A whole list of what was typed so far has all that fits when more is typed.
        for (var length = typed.Length; length >= 0; length--)
        {
            if (names.TryGetValue(list + "?" + typed.Substring(0, length), out var kept) && time.GetElapsedTime(kept.ReadAt) < Life && (length == typed.Length || kept.IsAll))
                return kept.Names;
        }

        return null;
    }

    internal void Keep(object now, string list, string typed, IReadOnlyList<string> names, bool isAll)
    {
        var kept = ((Store)now).Names;
        if (kept.Count >= MostKept)
            kept.Clear();
        kept[list + "?" + typed] = (names, isAll, time.GetTimestamp());
    }

    internal void Forget() => _store = new Store();

    private sealed class Store
    {
        internal ConcurrentDictionary<string, (IReadOnlyList<string> Names, bool IsAll, long ReadAt)> Names { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
