namespace OdcPowerShell.Resources;

/// <summary>Finds the names that a user may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;
    private const int ShownStart = 3;

    /// <summary>The advice for a name without wildcards that nothing has.</summary>
    /// <param name="typed">The name.</param>
    /// <param name="known">The names of the list, as far as it was read.</param>
    internal static string Advice(string typed, IEnumerable<string?> known)
    {
        var near = Of(typed, known);
        if (near.Count > 0)
            return $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?";
        var start = typed.Trim();
        return start.Length <= ShownStart ? "Check the spelling, or leave the name out to list all." : $"Check the spelling, or search by a part of the name with wildcards, such as '{start.Substring(0, ShownStart).TrimEnd()}*'.";
    }

    /// <summary>The nearest of some names, the best first; none if all are far from it.</summary>
    /// <param name="typed">The name.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="letters">One of so many letters may be wrong, and one more.</param>
    internal static IReadOnlyList<string> Of(string typed, IEnumerable<string?> known, int letters = 3)
    {
        var near = known.OfType<string>().Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Distance: DistanceOf(typed, name))).Where(n => n.Distance <= 1 + (typed.Length / letters))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.OrdinalIgnoreCase).ToList();
        // What is much farther than the nearest is not meant.
        return [.. near.Where(n => n.Distance <= near[0].Distance + 1).Take(Most).Select(n => n.Name)];
    }

    // A name that begins with all of the text is near, however long it is.
    private static int DistanceOf(string typed, string name) =>
        typed.Length > 1 && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(typed, name);

    /// <summary>How many letters to insert, remove or replace, whatever their case.</summary>
    internal static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (diagonal, previous) = (i - 1, i);
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                previous = Math.Min(Math.Min(row[j], previous) + 1, diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1));
                (diagonal, row[j]) = (row[j], previous);
            }
        }

        return row[other.Length];
    }
}
