using System.Xml.Linq;
using OdcPowerShell;
using OdcPowerShell.Help;

if (args is not [var assembly, var helpFile, var viewFile])
{
    Console.Error.WriteLine("usage: OdcPowerShell.Help <module assembly> <help file> <view file>");
    return 2;
}

var faults = new Faults();
var commands = ModuleCommands.Of(assembly);
var reader = new CommandReader(XmlDocs.Beside(assembly), faults);
var help = HelpFile.From(commands.Select(c => RelatedLinks.Add(reader.Read(c), commands)));
var assemblies = commands.Select(c => c.ImplementingType.Assembly).Append(typeof(ColumnsAttribute).Assembly).Distinct();
var views = ViewFile.From(assemblies.SelectMany(a => a.GetTypes()), faults);
if (faults.Report(Console.Out))
    return 1;
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(helpFile))!);
help.Save(helpFile);
File.WriteAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(helpFile))!, "about_OdcOperations.help.txt"), OperationTopic.From(commands));
// PowerShell reads this file at each import, so it is written without indentation.
views.Save(viewFile, SaveOptions.DisableFormatting);
return 0;
