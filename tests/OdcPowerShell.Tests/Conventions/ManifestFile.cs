using System.Collections;
using System.Management.Automation.Language;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>OdcPowerShell.psd1 as data.</summary>
internal static class ManifestFile
{
    /// <summary>With the prerelease part, where there is one: the package's version.</summary>
    internal static string Version => string.Join('-', new[] { Read()["ModuleVersion"], Gallery["Prerelease"] }.Where(part => part is not null));

    internal static IEnumerable<string> Tags => ((IEnumerable)Gallery["Tags"]!).Cast<string>();

    private static Hashtable Gallery => (Hashtable)((Hashtable)Read()["PrivateData"]!)["PSData"]!;

    internal static Hashtable Read() => (Hashtable)Parser.ParseFile(ModuleFiles.Manifest, out _, out _).Find(a => a is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();

    internal static IEnumerable<string> Listed(string key) =>
        (Read()[key] as IEnumerable ?? throw new InvalidOperationException($"OdcPowerShell.psd1 has no list {key}.")).Cast<string>().Order(StringComparer.Ordinal);
}
