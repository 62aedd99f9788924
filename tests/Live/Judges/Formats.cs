using System.Globalization;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Live.Judges;

/// <summary>The formats of the specifications, and how a text that is none of them is described without showing it.</summary>
internal static partial class Formats
{
    /// <summary>Whether a text has a format; a format that is not known is never broken.</summary>
    internal static bool Has(string text, string? format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => DateTimePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        _ => true,
    };

    /// <summary>What is wrong with a date, in words without the date.</summary>
    internal static string DescribeDate(string text) =>
        text.Length == 0 ? "an empty text"
        : WithoutOffset().IsMatch(text) ? "a date without an offset"
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? "a date without a time"
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) ? "a date in another form"
        : text.All(char.IsAsciiDigit) ? "digits"
        : "no date";

    /// <summary>
    /// The name of a member, if it can be one that the API's developers chose; a name with spaces, an address or a key is data of the tenant,
    /// as names are in maps.
    /// </summary>
    internal static string Name(string name) => NamePattern().IsMatch(name) && !Guid.TryParse(name, out _) && name.Count(char.IsAsciiDigit) <= 4 ? name : "(a name that is not shown)";

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DateTimePattern();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex WithoutOffset();

    [GeneratedRegex("^[A-Za-z_$][A-Za-z0-9_$]{0,49}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NamePattern();
}
