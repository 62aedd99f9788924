using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>Every type that a user sees in rows has a table: its headings are properties, it serves at 80 columns, shows all at 120 and uses the room at 200.</summary>
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
    public void What_its_headings_say_is_a_property(Type type) =>
        Assert.All(Required(type), heading => Assert.NotNull(type.GetProperty(heading)));

    [Theory]
    [MemberData(nameof(Types))]
    public void The_table_fits_120_columns(Type type)
    {
        var columns = Required(type);
        var lines = Lines(LongSamples.Of(type), 120);
        // Sentences and values to be read whole are wrapped.
        if (!IsWrapped(type))
            Assert.Equal(4, lines.Count);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 120));
        Assert.Equal(columns, Words(lines[0]));
        foreach (var key in LongSamples.Whole.Where(w => lines[2].Contains(w[..8], StringComparison.Ordinal)))
            Assert.Contains(key, lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void At_80_columns_no_heading_is_broken_and_what_identifies_is_whole(Type type)
    {
        var columns = Required(type);
        var sample = LongSamples.UsualOf(type);
        var lines = Lines(sample, 80);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 80));
        var shown = Words(lines[0]).ToList();
        Assert.Equal(columns.Take(shown.Count), shown);
        Assert.Matches("^[- ]+$", lines[1]);
        foreach (var whole in LongSamples.Whole.Where(w => lines[2].Contains(w[..8], StringComparison.Ordinal)))
            Assert.Contains(whole, lines[2], StringComparison.Ordinal);
        var first = type.GetProperty(columns[0])!.GetValue(sample);
        if (!IsWrapped(type) && first is not DateTimeOffset)
            Assert.StartsWith(Convert.ToString(first, CultureInfo.InvariantCulture)!, lines[2].TrimStart(), StringComparison.Ordinal);
    }

    /// <summary>PowerShell writes a heading that does not fit as a vertical line of letters. A column that does not fit is left out only when no room is left for it.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void At_80_columns_each_heading_fits_or_its_column_is_left_out(Type type)
    {
        var left = 79;
        foreach (var column in type.GetCustomAttributes(typeof(ColumnsAttribute), inherit: false).Cast<ColumnsAttribute>().Single().Columns.Select(c => c.Split(' ')))
        {
            if (left <= 0)
                break;
            Assert.True(left >= column[0].Length, $"{column[0]} has {left} columns left.");
            left -= (column.Length > 1 ? int.Parse(column[1], CultureInfo.InvariantCulture) : left) + 1;
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void At_200_columns_nothing_is_cut(Type type)
    {
        var lines = Lines(LongSamples.UsualOf(type), 200);
        Assert.Equal(Required(type), Words(lines[0]));
        if (!IsWrapped(type))
            Assert.DoesNotContain("\u2026", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_table_is_the_same_in_every_culture(Type type)
    {
        var sample = LongSamples.UsualOf(type);
        foreach (var number in type.GetProperties().Where(p => p.CanWrite && p.PropertyType == typeof(int?)))
            number.SetValue(sample, -5);
        var plain = Lines(sample, 200);
        Assert.All(Cultures.Names, name => Assert.Equal(plain, Lines(sample, 200, name)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_table_of_what_comes_from_a_job_or_a_file_is_the_same(Type type)
    {
        var sample = LongSamples.UsualOf(type);
        var plain = Lines(sample, 200);
        foreach (var depth in (int[])[1, 2])
            Assert.Equal(plain, Lines(PSSerializer.Deserialize(PSSerializer.Serialize(sample, depth)), 200));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Lists_and_parts_are_texts_in_a_file(Type type)
    {
        var sample = LongSamples.UsualOf(type);
        foreach (var property in type.GetProperties().Where(p => p.PropertyType != typeof(string)))
        {
            if (property.GetValue(sample) is { } value and not System.Security.SecureString)
                Assert.False(value.ToString()!.Contains(value.GetType().FullName!, StringComparison.Ordinal), $"{type.Name}.{property.Name} is \"{value}\" in a cell of a CSV file: a list needs Present(), a part a ToString()");
        }
    }

    private static List<string> Lines(object sample, int width, string culture = "")
    {
        using var shell = Cultures.NewShell(culture);
        shell.Host.Width = width;
        shell.Set("sample", sample);
        shell.Run("$sample, $sample | Out-Default").ThrowOnError();
        return [.. shell.Host.Text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0)];
    }

    /// <summary>What a person needs of a row is in it at 80 columns, on as many lines as it takes.</summary>
    [Theory]
    [InlineData(typeof(OdcPowerShell.Tenants.OdcTenantDifference), "ObjectName", "OnlyIn", "Property", "Reference", "Difference")]
    [InlineData(typeof(OdcPowerShell.Tenants.OdcTenantFinding), "Rule", "Severity", "Result", "Message")]
    [InlineData(typeof(OdcPowerShell.Tenants.OdcTenantRule), "Rule", "Severity", "Title")]
    [InlineData(typeof(OdcPowerShell.Identity.OdcUserAccess), "UserName", "RoleName", "AssetName", "StageName", "Through")]
    public void At_80_columns_it_shows_what_a_person_needs(Type type, params string[] columns) => Assert.Equal(columns, Words(Lines(LongSamples.UsualOf(type), 80)[0]));

    private static bool IsWrapped(Type type) => type.GetCustomAttributes(typeof(ColumnsAttribute), inherit: false).Cast<ColumnsAttribute>().Single().Wrap;

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Required(Type type)
    {
        var columns = Columns(type);
        Assert.SkipWhen(columns is null, "There is no view, as the other test says.");
        return columns!;
    }

    private static List<string>? Columns(Type type) => XDocument.Load(ModuleFiles.FormatFile).Descendants("View")
        .FirstOrDefault(v => v.Descendants("TypeName").Any(n => n.Value == type.FullName))
        ?.Descendants("TableColumnHeader").Select(h => h.Element("Label")!.Value).ToList();
}
