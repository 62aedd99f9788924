using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>What people read uses the words of the field: texts, help, messages and comments.</summary>
public sealed partial class WordTests
{
    public static TheoryData<string> Texts =>
    [
        .. Directory.EnumerateFiles(Path.Combine(ModuleFiles.Repository, "module", "en-US"), "*.txt")
            .Concat(Directory.EnumerateFiles(Path.Combine(ModuleFiles.Repository, "module", "samples")))
            .Concat(Directory.EnumerateFiles(Path.Combine(Module.SourceFolder, "OdcPowerShell.Sandbox"), "*.ps1"))
            .Append(Path.Combine(Module.SourceFolder, "OdcPowerShell.Emulator", "README.md"))
            .Append(Path.Combine(ModuleFiles.Repository, "README.md"))
            .Append(Path.Combine(ModuleFiles.Repository, "CHANGELOG.md"))
            .Append(Path.Combine(ModuleFiles.Repository, "SECURITY.md"))
            .Append(Path.Combine(ModuleFiles.Repository, "module", "AGENTS.md"))
            .Select(f => Path.GetRelativePath(ModuleFiles.Repository, f).Replace('\\', '/')),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_uses_the_words_of_the_field(string file) =>
        Faults.None(OddIn(file, File.ReadLines(Path.Combine(ModuleFiles.Repository, file)).Select((line, i) => (i + 1, file.EndsWith(".md", StringComparison.Ordinal) ? CodeSpan().Replace(line, "") : line))));

    [Theory]
    [InlineData("OdcPowerShell")]
    [InlineData("OdcPowerShell.Core")]
    [InlineData("OdcPowerShell.Help")]
    [InlineData("OdcPowerShell.Packaging")]
    [InlineData("OdcPowerShell.Emulator")]
    [InlineData("OdcPowerShell.Sandbox")]
    public void Messages_and_comments_use_the_words_of_the_field(string project) =>
        Faults.None(Module.Sources(project).SelectMany(source => OddIn(source, Prose(File.ReadLines(Path.Combine(Module.SourceFolder, source))).Where(line => !Route().IsMatch(line.Text)))));

    [Fact]
    public void Help_uses_the_words_of_the_field()
    {
        var help = XDocument.Load(Path.Combine(Path.GetDirectoryName(ModuleFiles.FormatFile)!, "net8.0", "en-US", "OdcPowerShell.dll-Help.xml"));
        Faults.None(from command in help.Root!.Elements()
                    let name = command.Descendants().First(e => e.Name.LocalName == "name").Value
                    from paragraph in command.Descendants().Where(e => e.Name.LocalName == "para")
                    from match in Odd().Matches(paragraph.Value)
                    select $"{name}: \"{match.Value}\" in \"{paragraph.Value}\"");
    }

    [Theory]
    [InlineData("/// <summary>The list holds a user.</summary>", "holds")]
    [InlineData("    // Tells the caller.", "Tells")]
    [InlineData("    Warn($\"{what} was refused.\", 1);", "refused")]
    [InlineData("    var end = 1; // when the token ends", "token ends")]
    [InlineData("    Ask(\"\", @\"a\", \"Give a folder.\");", "Give")]
    [InlineData("const string Usage = \"\"\"\n    The wait goes on.\n    \"\"\";", "goes on")]
    [InlineData("Refused(given, tell, \"http://a\", \"a \\\" look-up\");\n/// <code>Get-OdcUser nobody</code>", null)]
    public void An_odd_word_is_found_in_comments_and_literals_and_not_in_code(string source, string? odd)
    {
        var found = OddIn("A.cs", Prose(source.Split('\n'))).ToList();
        Assert.Equal(odd is null ? [] : [$"A.cs({1 + (source.Contains('\n', StringComparison.Ordinal) ? 1 : 0)}): \"{odd}\""], found);
    }

    private static IEnumerable<string> OddIn(string file, IEnumerable<(int Number, string Text)> lines) =>
        lines.SelectMany(line => Odd().Matches(line.Text).Select(m => $"{file}({line.Number}): \"{m.Value}\""));

    // The comments and literals of a C# source, one a line. Code of examples is no prose.
    private static IEnumerable<(int Number, string Text)> Prose(IEnumerable<string> source)
    {
        var (number, isRaw) = (0, false);
        foreach (var line in source)
        {
            number++;
            var isEdge = line.Contains("\"\"\"", StringComparison.Ordinal);
            if (isRaw && !isEdge)
                yield return (number, line);
            isRaw ^= isEdge;
            if (isRaw || isEdge)
                continue;
            var comment = Literal().Replace(line, "").IndexOf("//", StringComparison.Ordinal);
            if (line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            {
                if (!line.Contains("<code>", StringComparison.Ordinal))
                    yield return (number, line);
                continue;
            }

            foreach (var literal in Literal().Matches(line).Select(m => m.Value.Trim('"')))
                yield return (number, literal);
            if (comment >= 0)
                yield return (number, Literal().Replace(line, "").Substring(comment));
        }
    }

    // A route of the emulator's control API is a name that scripts use, and no prose.
    [GeneratedRegex("^[a-z]+/[a-z{}-]+(/[a-z-]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Route();

    [GeneratedRegex("`[^`]*`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"""([^""\\]|\\.)*""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Literal();

    [GeneratedRegex(
        @"\b(mend(s|ed|ing)?|gives?|gave|given|giving|handed|hands? (out|over|on|it|them)|at hand|holds?|tells?|told|telling|says? of|said of|says? nothing|unsaid" +
        @"|in passing|go(es|ing)? on|went on|is nothing that|the right to|what takes time|(became|becomes?|comes?|came) of|refus(e|es|ed|ing|als?)|puts? (a|the) files?|work(s|ed)? off" +
        @"|a look(?!-)|looks? at (it|them)|(token|secret|credential)s? (ends|ended|end)|ends? of (the|a|its|that) (secret|token)|secret's end|nobody|somebody|whoever|shall|stands? for nothing)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Odd();
}
