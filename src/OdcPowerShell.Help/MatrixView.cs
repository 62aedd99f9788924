using System.Xml.Linq;

namespace OdcPowerShell.Help;

/// <summary>
/// The view of rows whose columns are the tenant's stages. A table of PowerShell names its columns beforehand, and without a view five
/// properties become a list. So the view writes the lines itself: the rows are one group, whose heading names the columns.
/// </summary>
internal static class MatrixView
{
    // The name takes what the stages leave, from 16 to 40 characters. Of more stages than fit, each gets an equal part of the window.
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
