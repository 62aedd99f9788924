using System.Xml.Linq;

namespace OdcPowerShell.Help;

/// <summary>Namespaces and pieces of MAML, the XML that Get-Help reads.</summary>
internal static class Maml
{
    internal static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    internal static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    internal static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    internal static readonly XNamespace File = "http://msh";

    internal static XElement Paragraph(string text) => new(Text + "para", text);

    internal static XElement Description(params IEnumerable<string> paragraphs) => new(Text + "description", paragraphs.Select(Paragraph));

    internal static XElement Type(string name) => new(Dev + "type", new XElement(Text + "name", name), new XElement(Text + "uri"));

    internal static string YesNo(bool value) => value ? "true" : "false";
}
