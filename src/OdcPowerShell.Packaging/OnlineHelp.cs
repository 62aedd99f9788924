using System.Xml.Linq;

namespace OdcPowerShell.Packaging;

/// <summary>The address of each command's page in its help, for Get-Help -Online.</summary>
internal static class OnlineHelp
{
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    /// <summary>Adds the links, if the build knows where the pages are.</summary>
    internal static void Link(string folder, string helpUrl)
    {
        if (Address.Check("HelpUrl", helpUrl).Length == 0)
            return;
        foreach (var file in Directory.GetFiles(folder, "*-Help.xml", SearchOption.AllDirectories))
        {
            var help = XDocument.Load(file);
            foreach (var command in help.Root!.Elements(Command + "command").ToList())
            {
                var name = command.Element(Command + "details")!.Element(Command + "name")!.Value;
                command.Add(new XElement(
                    Text + "relatedLinks",
                    new XElement(Text + "navigationLink", new XElement(Text + "linkText", "Online version:"), new XElement(Text + "uri", $"{helpUrl.TrimEnd('/')}/{name}.html"))));
            }

            help.Save(file, SaveOptions.DisableFormatting);
        }
    }
}
