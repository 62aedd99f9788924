namespace OdcPowerShell.Tenants;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>The known name that differs in the fewest letters; null if all differ in too many.</summary>
    internal static string? Of(string name, IEnumerable<string> known) => known.Select(other => (Name: other, Distance: Distance(name, other)))
        .Where(other => other.Distance <= 1 + (name.Length / 3)).OrderBy(other => other.Distance).ThenBy(other => other.Name, StringComparer.Ordinal).Select(other => other.Name).FirstOrDefault();

    // How many letters to insert, remove or replace.
    private static int Distance(string one, string other)
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
