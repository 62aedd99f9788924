using System.Globalization;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Help;

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
        var label = parts.Groups["label"];
        var paths = parts.Groups["paths"].Value.Split('|');
        var width = int.Parse(parts.Groups["width"].Value, CultureInfo.InvariantCulture);
        if (parts.Groups["script"] is { Success: true, Value: var script })
            return new Column(paths[0], width, parts.Groups["right"].Success, ViewScript.Checked(type, script), IsProperty: false);
        var values = paths.Select(p => ColumnValue.Of(type, p)).ToList();
        return new Column(
            label.Success ? label.Value : paths[0].Split('.')[0],
            width,
            values[0].IsNumber,
            values is [{ IsProperty: true }] ? paths[0] : ViewScript.FirstOf(values),
            values is [{ IsProperty: true }]);
    }

    [GeneratedRegex(
        """^((?<label>\w+)=)?(?<paths>[\w.]+(\|[\w.]+)*(\|'[^']+')?) (?<width>\d+)(( (?<right>right))? \{(?<script>.+)\})?$""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
