using OdcPowerShell.Help;

if (args is not [var assembly, var output])
{
    Console.Error.WriteLine("usage: OdcPowerShell.Help <module assembly> <help file>");
    return 2;
}

var faults = new Faults();
var reader = new CommandReader(XmlDocs.Beside(assembly), faults);
var file = HelpFile.From(ModuleCommands.Of(assembly).Select(reader.Read));
if (faults.Report(Console.Out))
    return 1;
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
file.Save(output);
return 0;
