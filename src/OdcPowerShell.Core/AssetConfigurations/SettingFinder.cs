namespace OdcPowerShell.AssetConfigurations;

/// <summary>Finds the settings of a configuration by name, full name or key.</summary>
internal sealed class SettingFinder
{
    private const int MostNames = 5;
    private readonly IConfiguration _configuration;
    private readonly ILookup<string, ISetting> _byPath;
    private readonly ILookup<string, ISetting> _byName;
    private readonly ILookup<string, ISetting> _byKey;

    internal SettingFinder(IConfiguration configuration)
    {
        _configuration = configuration;
        List<ISetting> all = [.. configuration.All];
        _byPath = all.ToLookup(s => s.Path, StringComparer.OrdinalIgnoreCase);
        _byName = all.ToLookup(s => s.Name ?? "", StringComparer.OrdinalIgnoreCase);
        _byKey = all.Where(s => s.SettingKey is not null).ToLookup(s => s.SettingKey!, StringComparer.OrdinalIgnoreCase);
    }

    /// <exception cref="OdcException">No setting has the name, or several have it.</exception>
    internal ISetting Find(WantedSetting wanted)
    {
        foreach (var found in Matches(wanted).Select(matches => matches.Where(s => Fits(s.Place.Section, wanted.Section) && Fits(s.Place.Element, wanted.Element) && IsOfLibrary(s, wanted)).ToList()))
        {
            if (found.Count == 1)
                return found[0];
            if (found.Count > 1)
                throw Ambiguous(wanted, found);
        }

        throw Missing(_configuration, wanted.Name, _configuration.All.Where(s => IsOfLibrary(s, wanted)));
    }

    /// <summary>The error for a name that no setting has, with similar names.</summary>
    internal static OdcException Missing(IConfiguration configuration, string name, IEnumerable<ISetting> candidates)
    {
        var nearest = Nearest(name, candidates.Select(s => s.Path));
        return new OdcException(
            OdcErrorCause.NotFound, $"{MessageText.Capital(configuration.ToString()!)} has no setting '{name}'{(nearest.Count == 0 ? "" : $". Similar names: {List(nearest)}")}.",
            $"Check the spelling. {configuration.ListCommand} lists the settings.");
    }

    private static IReadOnlyList<string> Nearest(string name, IEnumerable<string> names) =>
        [.. from other in names.Distinct(StringComparer.OrdinalIgnoreCase)
            let last = other.Substring(other.LastIndexOf('/') + 1)
            let distance = Math.Min(NearNames.Distance(name, other), NearNames.Distance(name, last))
            where distance <= Math.Max(2, name.Length / 3) || other.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0
            orderby distance
            select other];

    // The key of another stage's setting is the same where the assets are the same; otherwise the name counts.
    private IEnumerable<IEnumerable<ISetting>> Matches(WantedSetting wanted)
    {
        if (wanted.SettingKey is not null)
            yield return _byKey[wanted.SettingKey].Where(s => IsSame(s.Place.Element, wanted.Element) && (wanted.Library is null ? s.Place.Library is null : IsOfLibrary(s, wanted)));
        yield return _byPath[wanted.Name];
        yield return _byName[wanted.Name];
        yield return _byKey[wanted.Name];
    }

    private static bool IsOfLibrary(ISetting setting, WantedSetting wanted) => Fits(setting.Place.Library, wanted.Library) || Fits(setting.Place.LibraryKey, wanted.Library);

    private static bool Fits(string? place, string? wanted) => wanted is null || IsSame(place, wanted);

    private static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private OdcException Ambiguous(WantedSetting wanted, List<ISetting> found)
    {
        var areDistinct = found.Select(s => s.Path).Distinct(StringComparer.OrdinalIgnoreCase).Count() == found.Count;
        return new OdcException(
            OdcErrorCause.AmbiguousName, $"{found.Count} settings of {_configuration} are named '{wanted.Name}': {List(found.Select(s => areDistinct ? s.Path : $"{s.Path} ({s.SettingKey})"))}.",
            areDistinct ? "Use the full name, or specify -Section, -Element or -Library." : "Use the key of the setting as its name.");
    }

    private static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MostNames)) + (all.Count > MostNames ? ", …" : "");
    }
}
