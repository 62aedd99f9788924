using System.Globalization;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Help;

/// <summary>A column of a table, whose heading is the property that it shows.</summary>
/// <param name="Property">The property.</param>
/// <param name="Width">In characters; null for a share of the room that is left.</param>
/// <param name="Value">What the column shows of the property.</param>
internal sealed record Column(string Property, int? Width, ColumnValue Value);

/// <summary>Reads the columns that a class declares, and reports those that are not possible.</summary>
internal sealed partial class ColumnReader(Faults faults)
{
    internal IReadOnlyList<Column> Read(Type type, ColumnsAttribute declared)
    {
        List<Column> columns = [];
        foreach (var column in declared.Columns)
        {
            try
            {
                columns.Add(Read(type, column));
            }
            catch (FormatException e)
            {
                faults.Add(type.Name, $"its column \"{column}\": {e.Message}");
            }
        }

        return columns;
    }

    private static Column Read(Type type, string column)
    {
        if (Parts().Match(column) is not { Success: true } parts)
            throw new FormatException("a column is a property and its width, as \"Name 24\", and what else ColumnsAttribute says.");
        var property = parts.Groups["property"].Value;
        int? width = parts.Groups["width"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : null;
        if (width < property.Length)
            throw new FormatException($"it is narrower than its heading, which has {property.Length} letters.");
        return new Column(property, width, ColumnValue.Of(type, property, parts.Groups["format"].Value));
    }

    [GeneratedRegex(
        @"^(?<property>\w+)( (?<width>\d+))?( (?<format>day|second))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Parts();
}

/// <summary>What a column shows of an object: a property as it is, or a script that formats its value the same way in every culture.</summary>
/// <param name="Script">The script; null for the property as it is.</param>
/// <param name="IsNumber">Whether it is a number.</param>
internal sealed record ColumnValue(string? Script, bool IsNumber)
{
    private static readonly Dictionary<string, (string Pattern, string Members)> DateFormats = new(StringComparer.Ordinal)
    {
        [""] = ("{0:0000}-{1:00}-{2:00} {3:00}:{4:00}Z", "$d.Year, $d.Month, $d.Day, $d.Hour, $d.Minute"),
        ["day"] = ("{0:0000}-{1:00}-{2:00}", "$d.Year, $d.Month, $d.Day"),
        ["second"] = ("{0:0000}-{1:00}-{2:00} {3:00}:{4:00}:{5:00}Z", "$d.Year, $d.Month, $d.Day, $d.Hour, $d.Minute, $d.Second"),
    };

    /// <exception cref="FormatException">There is no such property, or it has no such format.</exception>
    internal static ColumnValue Of(Type type, string name, string format)
    {
        var property = type.GetProperty(name)
            ?? throw new FormatException($"{type.Name} has no property {name}. It has {string.Join(", ", type.GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal))}.");
        var value = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (value == typeof(DateTimeOffset))
            return new ColumnValue(Date(name, format), IsNumber: false);
        if (format.Length > 0)
            throw new FormatException($"{name} is no date.");
        if (IsList(value))
            return new ColumnValue($"$_.{name} -join '; '", IsNumber: false);
        // A text is the same in every culture. A number is not: some cultures have another minus sign.
        return !value.IsEnum && Type.GetTypeCode(value) is >= TypeCode.SByte and <= TypeCode.Decimal
            ? new ColumnValue($"\"$($_.{name})\"", IsNumber: true)
            : new ColumnValue(Script: null, IsNumber: false);
    }

    /// <summary>
    /// Uses the date's members, which have the same calendar in every culture, unlike <c>ToString</c> and <c>-f</c>. In objects from a job or a file
    /// a date is a text, or an object with the members of a date.
    /// </summary>
    private static string Date(string name, string format)
    {
        var (pattern, members) = DateFormats[format];
        return $"$d = $_.{name}; if ($d) {{ if ($d -is [string]) {{ $d = [datetimeoffset] $d }}; if ($d.UtcDateTime) {{ $d = $d.UtcDateTime }}; '{pattern}' -f {members} }}";
    }

    private static bool IsList(Type type) => type != typeof(string)
        && type.GetInterfaces().Append(type).Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
}
