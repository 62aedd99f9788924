using System.Reflection;
using System.Xml.Linq;

namespace OdcPowerShell.Help;

/// <summary>The file of a module's views: a table for each class that declares columns.</summary>
internal static class ViewFile
{
    internal static XDocument From(IEnumerable<Type> types, Faults faults)
    {
        var reader = new ColumnReader(faults);
        return new XDocument(new XElement(
            "Configuration",
            new XElement(
                "ViewDefinitions",
                from type in types.OrderBy(t => t.FullName, StringComparer.Ordinal)
                let declared = type.GetCustomAttribute<ColumnsAttribute>(inherit: false)
                where declared is not null
                select View(type, reader.Read(type, declared), declared.Wrap),
                MatrixView.For("OdcPowerShell.Portfolios.OdcDeployedAssetMatrix"))));
    }

    private static XElement View(Type type, IReadOnlyList<Column> columns, bool wrap) => new(
        "View",
        new XElement("Name", type.FullName),
        new XElement("ViewSelectedBy", new XElement("TypeName", type.FullName)),
        new XElement(
            "TableControl",
            new XElement("TableHeaders", columns.Select(Header)),
            new XElement(
                "TableRowEntries",
                new XElement("TableRowEntry", wrap ? new XElement("Wrap") : null, new XElement("TableColumnItems", columns.Select(Item))))));

    private static XElement Header(Column column) => new(
        "TableColumnHeader",
        new XElement("Label", column.Property),
        column.Width is { } width ? new XElement("Width", width) : null,
        column.Value.IsNumber ? new XElement("Alignment", "Right") : null);

    private static XElement Item(Column column) =>
        new("TableColumnItem", column.Value.Script is { } script ? new XElement("ScriptBlock", script) : new XElement("PropertyName", column.Property));
}

/// <summary>
/// The view of rows with a column for each stage of the tenant. A table view in PowerShell has fixed columns, and without a view five
/// properties become a list. So the view writes the lines itself: the rows are one group, and its heading has the column names.
/// </summary>
internal static class MatrixView
{
    // The name gets the rest of the width, from 16 to 40 characters. If there are too many stages, each gets an equal part of the window.
    private const string Widths = """
        $known = 'AssetName', 'AssetType', 'AssetKey', 'PSComputerName', 'RunspaceId', 'PSShowComputerName', 'PSSourceJobInstanceId'
        $stages = @(foreach ($property in $_.PSObject.Properties) { if ($known -notcontains $property.Name) { $property.Name } })
        $room = 79
        try { if ($Host.UI.RawUI.BufferSize.Width -gt 40) { $room = $Host.UI.RawUI.BufferSize.Width - 1 } } catch { }
        $widths = @(foreach ($stage in $stages) { if ($stage.Length -gt 12) { $stage.Length } else { 12 } })
        $name = $room
        foreach ($width in $widths) { $name -= $width + 1 }
        if ($name -lt 16 -and $stages.Count -gt 0) {
            $name = 16
            $part = [int][Math]::Floor(($room - $name) / $stages.Count) - 1
            if ($part -lt 3) { $part = 3 }
            $widths = @(foreach ($stage in $stages) { $part })
        }
        if ($name -gt 40) { $name = 40 }
        function cell([string] $text, [int] $width) {
            if ($text.Length -gt $width) { $text.Substring(0, $width - 1) + [char] 0x2026 } else { $text.PadRight($width) }
        }

        """;

    private const string Heading = Widths + """
        $heading = cell 'AssetName' $name
        $line = '-' * 'AssetName'.Length + ' ' * ($name - 'AssetName'.Length)
        for ($i = 0; $i -lt $stages.Count; $i++) {
            $shown = cell $stages[$i] $widths[$i]
            $heading += ' ' + $shown
            $line += ' ' + ('-' * $shown.TrimEnd().Length).PadRight($widths[$i])
        }
        $heading.TrimEnd() + [Environment]::NewLine + $line.TrimEnd()
        """;

    private const string Row = Widths + """
        $row = cell $_.AssetName $name
        for ($i = 0; $i -lt $stages.Count; $i++) { $row += ' ' + (cell $_.($stages[$i]) $widths[$i]) }
        $row.TrimEnd()
        """;

    internal static XElement For(string typeName) => new(
        "View",
        new XElement("Name", typeName),
        new XElement("ViewSelectedBy", new XElement("TypeName", typeName)),
        new XElement("GroupBy", new XElement("ScriptBlock", Heading), Control(Heading)),
        Control(Row));

    private static XElement Control(string script) => new(
        "CustomControl",
        new XElement("CustomEntries", new XElement("CustomEntry", new XElement("CustomItem", new XElement("ExpressionBinding", new XElement("ScriptBlock", script))))));
}
