namespace OdcPowerShell.Emulator;

/// <summary>Reads query parameters; one that cannot be read is a 400. An empty value counts as absent, as ASP.NET has it.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    public string? Text(string name) => query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;
    public IReadOnlyList<string> Texts(string name) => [.. query[name].OfType<string>().Where(value => value.Length > 0)];
    public Guid? Guid(string name) => Text(name) is { } value ? ParseGuid(name, value) : null;

    /// <summary>An array: the name is repeated, a comma list is no GUID.</summary>
    public IReadOnlyList<Guid> Guids(string name) => [.. Texts(name).Select(value => ParseGuid(name, value))];

    /// <summary>A text with a comma list.</summary>
    public IReadOnlyList<Guid> GuidList(string name, int maximum)
    {
        var values = (Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return values.Length > maximum
            ? throw new ProblemException(400, 3, $"The parameter '{name}' allows up to {maximum} values.")
            : [.. values.Select(value => ParseGuid(name, value))];
    }

    /// <summary>A pair of singular and plural of which a query can have one; null when it has neither.</summary>
    public IReadOnlyList<Guid>? OneOrMany(string one, string many)
    {
        var single = Guid(one);
        var several = Guids(many);
        if (single is not null && several.Count > 0)
            throw ProblemException.Exclusive(one, many);
        return single is { } key ? [key] : several.Count > 0 ? several : null;
    }

    public bool Flag(string name) => OptionalFlag(name) == true;

    public bool? OptionalFlag(string name) =>
        Text(name) is not { } value ? null : bool.TryParse(value, out var flag) ? flag : throw Bad(name, value, "true or false");

    public DateTimeOffset? Date(string name)
    {
        if (Text(name) is not { } value)
            return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, Utc, out var date)
            ? date
            : throw Bad(name, value, "a date and time");
    }

    /// <summary>From a moment to another, both included; null when the query has neither.</summary>
    public Predicate<DateTimeOffset?>? Range(string since, string to)
    {
        var (from, until) = (Date(since), Date(to));
        return from is null && until is null ? null : at => at is not null && !(at < from) && !(at > until);
    }

    public int? OptionalNumber(string name) => Text(name) is null ? null : Number(name, 0, int.MinValue, int.MaxValue);

    public int Number(string name, int otherwise, int minimum, int maximum)
    {
        if (Text(name) is not { } value)
            return otherwise;
        return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum
            ? number
            : throw Bad(name, value, $"a number from {minimum} to {maximum}");
    }

    /// <summary>One of the words, in any case; null when the query has none.</summary>
    public string? Choice(string name, params string[] words) => Text(name) is { } value ? Known(name, value, words) : null;
    public IReadOnlyList<string> Choices(string name, params string[] words) => [.. Texts(name).Select(value => Known(name, value, words))];

    /// <summary>One of the fields, "-" before it for descending; without any the first.</summary>
    public (string Field, bool IsDescending) Sort(IReadOnlyList<string> fields, StringComparison comparison = StringComparison.OrdinalIgnoreCase)
    {
        var value = Text("sort") ?? fields[0];
        return (Known("sort", value.StartsWith('-') ? value[1..] : value, fields, comparison), value.StartsWith('-'));
    }

    public static Guid ParseGuid(string name, string value) =>
        System.Guid.TryParse(value, out var key) ? key : throw Bad(name, value, "a GUID");

    private static string Known(
        string name, string value, IReadOnlyList<string> known, StringComparison comparison = StringComparison.OrdinalIgnoreCase) =>
        known.FirstOrDefault(choice => string.Equals(choice, value, comparison))
        ?? throw Bad(name, value, string.Join(", ", known));

    private static ProblemException Bad(string name, string value, string expected) =>
        ProblemException.BadParameter($"The value '{value}' of the parameter '{name}' is not valid. Expected: {expected}.");
}
