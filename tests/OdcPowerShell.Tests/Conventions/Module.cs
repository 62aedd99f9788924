using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.Bases;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>What the conventions are about: assemblies, cmdlets and sources of the module.</summary>
internal static class Module
{
    internal static Assembly Cmdlets { get; } = typeof(OdcCmdlet).Assembly;

    internal static Assembly Core { get; } = typeof(OdcException).Assembly;

    internal static IEnumerable<Type> Types => Cmdlets.GetTypes().Concat(Core.GetTypes());

    internal static IReadOnlyList<Type> CmdletTypes { get; } = [.. Cmdlets.GetTypes().Where(t => t.IsDefined(typeof(CmdletAttribute)))];

    internal static string SourceFolder { get; } = Path.Combine(ModuleFiles.Repository, "src");

    internal static string CmdletName(this Type type) => $"{type.Declaration().VerbName}-{type.Declaration().NounName}";

    internal static CmdletAttribute Declaration(this Type type) => type.GetCustomAttribute<CmdletAttribute>()!;

    internal static IEnumerable<PropertyInfo> Parameters(this Type cmdlet) => cmdlet.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute)));

    /// <summary>The module's own sources under a folder of src, by path relative to it.</summary>
    internal static IEnumerable<string> Sources(string folder = "") =>
        Directory.EnumerateFiles(Path.Combine(SourceFolder, folder), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(SourceFolder, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj"));

    /// <summary>The lines of a source with their numbers, without those that are comments.</summary>
    internal static IEnumerable<(int Number, string Text)> Code(string source) =>
        File.ReadLines(Path.Combine(SourceFolder, source)).Select((text, i) => (i + 1, text.Trim())).Where(l => !l.Item2.StartsWith("//", StringComparison.Ordinal));
}
