using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OdcPowerShell.Help;

/// <summary>The XML documentation that the compiler wrote beside the module's assemblies.</summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocs(Dictionary<string, XElement> members) => _members = members;

    internal static XmlDocs Beside(string assembly)
    {
        var name = Path.GetFileNameWithoutExtension(assembly);
        var files = Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(assembly))!, name + "*.xml");
        return new XmlDocs(files.SelectMany(f => XDocument.Load(f).Descendants("member")).ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal));
    }

    internal XElement? Of(Type type) => _members.GetValueOrDefault("T:" + Id(type));

    internal XElement? Of(PropertyInfo property) => _members.GetValueOrDefault($"P:{Id(property.DeclaringType!)}.{property.Name}");

    private static string? Id(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName?.Replace('+', '.');
}

/// <summary>Documentation elements as plain text.</summary>
internal static partial class DocText
{
    /// <summary>Everything in the element, on one line; empty when there is no element.</summary>
    internal static string Plain(XElement? element)
    {
        var text = new StringBuilder();
        foreach (var node in element?.Nodes() ?? [])
            text.Append(node switch { XText words => words.Value, XElement inner => Inline(inner), _ => "" });
        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    /// <summary>The paragraphs of one type; those without a type are the description.</summary>
    internal static IReadOnlyList<XElement> Paragraphs(XElement? element, string? type = null) =>
        [.. (element?.Elements("para") ?? []).Where(p => p.Attribute("type")?.Value == type)];

    /// <summary>Code without the indentation of the source.</summary>
    internal static string Code(XElement? element)
    {
        var lines = (element?.Value ?? "").ReplaceLineEndings("\n").Trim('\n').Split('\n');
        var margin = lines.Skip(1).Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join("\n", lines.Select((l, i) => i == 0 ? l.Trim() : l[Math.Min(margin, l.Length)..].TrimEnd())).Trim();
    }

    // <see cref="P:Some.Type.Name"/> and <see langword="null"/> are shown by their names.
    private static string Inline(XElement element) =>
        element.Attribute("cref")?.Value is { } target ? target[(target.LastIndexOfAny(['.', ':']) + 1)..]
        : element.Attribute("langword")?.Value ?? element.Attribute("name")?.Value ?? Plain(element);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Spaces();
}
