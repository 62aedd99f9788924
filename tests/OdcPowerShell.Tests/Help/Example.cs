using System.Xml.Linq;

namespace OdcPowerShell.Tests.Help;

/// <summary>An example in the help of a command.</summary>
internal sealed record Example(string Command, int Number, string Code)
{
    private static readonly XNamespace CommandSpace = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>All of them, from the file that Get-Help reads.</summary>
    internal static IReadOnlyList<Example> All { get; } =
    [
        .. from command in XDocument.Load(Path.Combine(ModuleFiles.Repository, "module", "bin", "net8.0", "en-US", "OdcPowerShell.dll-Help.xml")).Descendants(CommandSpace + "command")
           let name = command.Element(CommandSpace + "details")!.Element(CommandSpace + "name")!.Value
           from example in command.Descendants(CommandSpace + "example").Select((e, i) => (Number: i + 1, Code: e.Element(Dev + "code")!.Value))
           select new Example(name, example.Number, example.Code),
    ];

    /// <summary>Whether it goes to other runspaces, which have the module only where it is installed.</summary>
    internal bool IsParallel => Code.Contains("-Parallel", StringComparison.Ordinal);

    internal bool ReadsEnvironment => Code.Contains("-EnvironmentVariable", StringComparison.Ordinal);

    public override string ToString() => $"{Command} {Number}";
}
