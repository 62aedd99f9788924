using System.Reflection;
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
