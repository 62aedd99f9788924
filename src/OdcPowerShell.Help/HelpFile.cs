using System.Xml.Linq;

namespace OdcPowerShell.Help;

/// <summary>The help file of a module.</summary>
internal static class HelpFile
{
    internal static XDocument From(IEnumerable<CommandHelp> commands) => new(
        new XElement(
            Maml.File + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml.Text),
            new XAttribute(XNamespace.Xmlns + "command", Maml.Command),
            new XAttribute(XNamespace.Xmlns + "dev", Maml.Dev),
            commands.Select(MamlCommand.From)));
}
