using System.Text.RegularExpressions;

namespace OdcPowerShell.Help.Site;

/// <summary>The page of an about topic, from its text: headings are less indented than prose, and what is indented more or set in columns is shown as it is.</summary>
internal static partial class TopicPage
{
    private const int Prose = 4;

    internal static Page From(string name, string text)
    {
        var blocks = Blocks(text).ToList();
        var at = blocks.FindIndex(b => b is Heading { Text: "SHORT DESCRIPTION" });
        var summary = blocks[at + 1] is Paragraph paragraph ? paragraph.Text : throw new FormatException($"{name} has no short description.");
        // The title and the summary stand above; what follows is the long description.
        var rest = blocks.Skip(at + 2).Where(b => b is not Heading { Text: "LONG DESCRIPTION" });
        return new Page(name, name, summary, [.. rest]);
    }

    private static IEnumerable<Block> Blocks(string text)
    {
        var isLinks = false;
        foreach (var lines in Parts(text))
        {
            if (lines is [var heading] && Indent(heading) < Prose)
            {
                isLinks = heading == "SEE ALSO";
                yield return new Heading(2, heading.Trim());
            }
            else if (isLinks)
            {
                yield return new Bullets([.. lines.Select(l => l.Trim())]);
            }
            else if (lines.All(l => l.StartsWith("    - ", StringComparison.Ordinal) || Indent(l) == Prose + 2) && lines[0].TrimStart().StartsWith("- ", StringComparison.Ordinal))
            {
                yield return new Bullets(Items(lines));
            }
            else if (lines.All(l => Indent(l) == Prose && !Columns().IsMatch(l.TrimStart())))
            {
                yield return new Paragraph(string.Join(' ', lines.Select(l => l.Trim())));
            }
            else
            {
                var margin = lines.Where(l => l.Length > 0).Min(Indent);
                yield return new CodeLines(string.Join('\n', lines.Select(l => l.Length > 0 ? l[margin..] : l)), "text");
            }
        }
    }

    // Runs of lines: a heading is one by itself; an empty line ends a run, but not between lines that are indented more than prose.
    private static IEnumerable<IReadOnlyList<string>> Parts(string text)
    {
        List<string> part = [];
        var lines = text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var isHeading = lines[i].Length > 0 && Indent(lines[i]) < Prose;
            var isGap = lines[i].Length == 0 && !(part.Count > 0 && Indent(part[^1]) > Prose && i + 1 < lines.Length && Indent(lines[i + 1]) > Prose);
            if ((isHeading || isGap) && part.Count > 0)
            {
                yield return part;
                part = [];
            }

            if (isHeading)
                yield return [lines[i]];
            else if (!isGap)
                part.Add(lines[i]);
        }

        if (part.Count > 0)
            yield return part;
    }

    private static List<string> Items(IEnumerable<string> lines)
    {
        List<string> items = [];
        foreach (var line in lines.Select(l => l.Trim()))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
                items.Add(line[2..]);
            else
                items[^1] += " " + line;
        }

        return items;
    }

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    [GeneratedRegex(@"\S {2,}\S", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Columns();
}
