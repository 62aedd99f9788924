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
