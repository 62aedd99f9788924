using System.Collections.Concurrent;

namespace OdcPowerShell.Names;

/// <summary>The first names of lists, by the list and what was typed, kept for a minute.</summary>
internal sealed class FirstNames(TimeProvider time)
{
    private const int MostKept = 200;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (IReadOnlyList<string> Names, bool IsAll, long ReadAt)> _kept = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is known of the names with a text in them; null where that was not asked for lately.</summary>
    internal IReadOnlyList<string>? Of(string list, string typed)
    {
        // A whole list of what was typed so far has all that fits when more is typed.
        for (var length = typed.Length; length >= 0; length--)
        {
            if (_kept.TryGetValue(list + "?" + typed.Substring(0, length), out var kept) && time.GetElapsedTime(kept.ReadAt) < Life && (length == typed.Length || kept.IsAll))
                return kept.Names;
        }

        return null;
    }

    internal void Keep(string list, string typed, IReadOnlyList<string> names, bool isAll)
    {
        if (_kept.Count >= MostKept)
            _kept.Clear();
        _kept[list + "?" + typed] = (names, isAll, time.GetTimestamp());
    }

    internal void Forget() => _kept.Clear();
}
