namespace OdcPowerShell.AssetConfigurations;

/// <summary>Finds a setting of a configuration by name, full name or key.</summary>
internal static class SettingFinder
{
    private const int MostNames = 5;

    /// <exception cref="OdcException">No setting has the name, or several have it.</exception>
    internal static OdcConfigurationValue Find(IConfiguration configuration, WantedSetting wanted)
    {
        var candidates = configuration.All.Where(s => Fits(s.Place.Section, wanted.Section) && Fits(s.Place.Element, wanted.Element) && Fits(s.Place.Library, wanted.Library)).ToList();
        foreach (var found in Matches(candidates, wanted))
        {
            if (found.Count == 1)
                return found[0];
            if (found.Count > 1)
                throw Ambiguous(configuration, wanted, found);
        }

        throw Missing(configuration, wanted.Name, candidates);
    }

    /// <summary>The error for a name that no setting has, with similar names.</summary>
    internal static OdcException Missing(IConfiguration configuration, string name, IEnumerable<OdcConfigurationValue> candidates)
    {
        var nearest = Nearest(name, candidates.Select(s => s.Path));
        return new OdcException(
            OdcErrorCause.NotFound, $"{configuration} has no setting '{name}'{(nearest.Count == 0 ? "" : $". Similar names: {List(nearest)}")}.",
            "Check the spelling. Get-OdcAssetSetting lists the settings.");
    }

    private static IReadOnlyList<string> Nearest(string name, IEnumerable<string> names) =>
        [.. from other in names.Distinct(StringComparer.OrdinalIgnoreCase)
            let last = other.Substring(other.LastIndexOf('/') + 1)
            let distance = Math.Min(Distance(name, other), Distance(name, last))
            where distance <= Math.Max(2, name.Length / 3) || other.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0
            orderby distance
            select other];

    // The key of another stage's setting is the same where the assets are the same; otherwise the name counts.
    private static IEnumerable<List<OdcConfigurationValue>> Matches(List<OdcConfigurationValue> candidates, WantedSetting wanted)
    {
        yield return candidates.FindAll(s => IsSame(s.SettingKey, wanted.SettingKey) && IsSame(s.Place.Element, wanted.Element) && IsSame(s.Place.Library, wanted.Library));
        yield return candidates.FindAll(s => IsSame(s.Path, wanted.Name));
        yield return candidates.FindAll(s => IsSame(s.Name, wanted.Name));
        yield return candidates.FindAll(s => s.SettingKey is not null && IsSame(s.SettingKey, wanted.Name));
    }

    private static bool Fits(string? place, string? wanted) => wanted is null || IsSame(place, wanted);

    private static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static OdcException Ambiguous(IConfiguration configuration, WantedSetting wanted, List<OdcConfigurationValue> found) => new(
        OdcErrorCause.AmbiguousName, $"{found.Count} settings of {configuration} are named '{wanted.Name}': {List(found.Select(s => s.Path))}.",
        "Use the full name, or specify -Section, -Element or -Library.");

    private static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MostNames)) + (all.Count > MostNames ? ", …" : "");
    }

    // The number of letters to add, remove or replace.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
            {
                var cost = char.ToUpperInvariant(one[i]) == char.ToUpperInvariant(other[j]) ? 0 : 1;
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, diagonal + cost));
            }
        }

        return row[other.Length];
    }
}
