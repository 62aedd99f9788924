using System.Globalization;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Help;

/// <summary>A column of a table, whose heading is the property that it shows.</summary>
/// <param name="Property">The property.</param>
/// <param name="Width">In characters; null for a share of the room that is left.</param>
/// <param name="Value">What of the property is shown.</param>
internal sealed record Column(string Property, int? Width, ColumnValue Value);

/// <summary>Reads the columns that a class declares, and notes those that it cannot have.</summary>
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
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
