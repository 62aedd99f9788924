using System.Xml.Linq;
using OdcPowerShell;
using OdcPowerShell.Help;
using OdcPowerShell.Help.Site;

if (args is not [var assembly, var helpFile, var viewFile, .. var site] || site.Length is not (0 or 3))
{
    Console.Error.WriteLine("usage: OdcPowerShell.Help <module assembly> <help file> <view file> [<site folder> <folder of topics> <README>]");
    return 2;
}

var faults = new Faults();
var commands = ModuleCommands.Of(assembly);
var reader = new CommandReader(XmlDocs.Beside(assembly), faults);
List<CommandHelp> help = [.. commands.Select(c => RelatedLinks.Add(reader.Read(c), commands))];
var assemblies = commands.Select(c => c.ImplementingType.Assembly).Append(typeof(ColumnsAttribute).Assembly).Distinct();
var views = ViewFile.From(assemblies.SelectMany(a => a.GetTypes()), faults);
if (faults.Report(Console.Out))
    return 1;
const string Ending = ".help.txt";
const string Operations = "about_OdcOperations";
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(helpFile))!);
// PowerShell reads the help at the first Get-Help and the views at each import, so both are written without indentation.
HelpFile.From(help).Save(helpFile, SaveOptions.DisableFormatting);
var operations = OperationTopic.From(commands);
File.WriteAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(helpFile))!, Operations + Ending), operations);
views.Save(viewFile, SaveOptions.DisableFormatting);
if (site is [var folder, var topicFolder, var readme])
{
    var topics = Directory.GetFiles(topicFolder, "about_*" + Ending).ToDictionary(f => Path.GetFileName(f)[..^Ending.Length], File.ReadAllText, StringComparer.Ordinal);
    topics[Operations] = operations;
    SiteFolder.Write(folder, help, topics, File.ReadAllText(readme));
}

return 0;
