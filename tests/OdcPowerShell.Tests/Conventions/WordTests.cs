using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>What a user reads uses the words of the field, as STYLE.md's table has them.</summary>
public sealed partial class WordTests
{
    public static TheoryData<string> Texts =>
    [
        .. Directory.EnumerateFiles(Path.Combine(ModuleFiles.Repository, "module", "en-US"), "*.txt")
            .Concat(Directory.EnumerateFiles(Path.Combine(ModuleFiles.Repository, "module", "samples")))
            .Append(Path.Combine(ModuleFiles.Repository, "src", "OdcPowerShell.Emulator", "README.md"))
            .Select(f => Path.GetRelativePath(ModuleFiles.Repository, f).Replace('\\', '/')),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_uses_the_words_of_the_field(string file) =>
        Faults.None(File.ReadLines(Path.Combine(ModuleFiles.Repository, file)).SelectMany((line, i) => Odd().Matches(line).Select(m => $"{file}({i + 1}): \"{m.Value}\"")));

    [Fact]
    public void Help_uses_the_words_of_the_field()
    {
        var help = XDocument.Load(Path.Combine(Path.GetDirectoryName(ModuleFiles.FormatFile)!, "net8.0", "en-US", "OdcPowerShell.dll-Help.xml"));
        Faults.None(from command in help.Root!.Elements()
                    let name = command.Descendants().First(e => e.Name.LocalName == "name").Value
                    from paragraph in command.Descendants().Where(e => e.Name.LocalName == "para")
                    // The conditions of operations are short of words on purpose.
                    where !paragraph.Value.Contains(" /api/", StringComparison.Ordinal)
                    from match in Odd().Matches(paragraph.Value)
                    select $"{name}: \"{match.Value}\" in \"{paragraph.Value}\"");
    }

    [GeneratedRegex(
        @"\b(mend(s|ed)?|at hand|in passing|goes on|go on|going on|is nothing that|the right to|became of|becomes of|tells|told|refuse[sd]?|puts? a file to|works? off|holds a|is given|are given|was given|you give)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Odd();
}
