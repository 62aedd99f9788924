using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>Every type that a user sees in rows has a table of at most 120 columns.</summary>
public sealed class ViewTests
{
    private static IEnumerable<Type> OutputTypes =>
        Module.CmdletTypes.SelectMany(t => t.GetCustomAttributes<OutputTypeAttribute>()).SelectMany(o => o.Type).Select(t => t.Type)
            .Where(t => t.Assembly == Module.Cmdlets || t.Assembly == Module.Core).Distinct();

    // Resources in lists inside others: a user who opens the list sees them in rows.
    private static IEnumerable<Type> ListedTypes =>
        from type in Module.Core.GetExportedTypes()
        where type.IsSubclassOf(typeof(OdcResource))
        from property in type.GetProperties()
        where property.PropertyType.IsGenericType && property.PropertyType.GetGenericArguments()[0].IsSubclassOf(typeof(OdcResource))
        select property.PropertyType.GetGenericArguments()[0];

    public static TheoryData<Type> Types => [.. OutputTypes.Union(ListedTypes)];

    [Theory]
    [MemberData(nameof(Types))]
    public void It_has_a_table(Type type) =>
        Assert.True(Columns(type) is { Count: > 0 }, $"{type.FullName}: add [Columns(\"Name 24\", ...)] to the class, as ColumnsAttribute says, and build");

    [Theory]
    [MemberData(nameof(Types))]
    public void The_table_fits_120_columns(Type type)
    {
        var columns = Columns(type);
        Assert.SkipWhen(columns is null, "There is no view, as the other test says.");
        using var shell = new Shell();
        shell.Set("sample", LongSamples.Of(type));
        shell.Run("$sample, $sample | Out-Default").ThrowOnError();
        var lines = shell.Host.Text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0).ToList();
        // A check's detail and fix are sentences to be read whole: its table wraps.
        if (type != typeof(OdcCheck))
            Assert.Equal(4, lines.Count);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 120));
        Assert.Equal(columns, lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var key in LongSamples.Whole.Where(w => lines[2].Contains(w[..8], StringComparison.Ordinal)))
            Assert.Contains(key, lines[2], StringComparison.Ordinal);
    }

    private static List<string>? Columns(Type type) => XDocument.Load(ModuleFiles.FormatFile).Descendants("View")
        .FirstOrDefault(v => v.Descendants("TypeName").Any(n => n.Value == type.FullName))
        ?.Descendants("TableColumnHeader").Select(h => h.Element("Label")!.Value).ToList();
}
