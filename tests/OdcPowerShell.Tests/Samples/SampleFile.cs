using System.Text.RegularExpressions;

namespace OdcPowerShell.Tests.Samples;

/// <summary>The samples of the module, and what stands in the README.</summary>
internal static class SampleFile
{
    internal static string Folder { get; } = Path.Combine(ModuleFiles.Repository, "module", "samples");

    internal static IEnumerable<string> Scripts => Directory.EnumerateFiles(Folder, "*.ps1").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    internal static IEnumerable<string> Pipelines => Directory.EnumerateFiles(Folder, "*.yml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    internal static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    internal static IReadOnlyList<PipelineStep> Steps(string pipeline) => PipelineStep.Read(Text(pipeline));

    /// <summary>The first block of code in a section of the README.</summary>
    internal static string Readme(string section, string language) => Blocks(language, section).First();

    /// <summary>The blocks of code of a language, in the whole README or in one section.</summary>
    internal static IEnumerable<string> Blocks(string language, string? section = null) => MarkdownFile.Blocks("README.md", language, section);
}

/// <summary>The texts in Markdown, and the code in them.</summary>
internal static class MarkdownFile
{
    internal static string Text(string path) => File.ReadAllText(Path.Combine(ModuleFiles.Repository, path)).ReplaceLineEndings("\n");

    internal static IEnumerable<string> Blocks(string path, string language, string? section = null)
    {
        var text = Text(path);
        var part = section is null ? text : text.Split("\n## ").Single(s => s.StartsWith(section + "\n", StringComparison.Ordinal));
        return Regex.Matches(part, $@"^```{language}\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Select(m => m.Groups["code"].Value);
    }
}
