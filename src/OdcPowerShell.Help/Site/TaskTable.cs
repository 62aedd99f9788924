using System.Text.RegularExpressions;

namespace OdcPowerShell.Help.Site;

/// <summary>The tasks with their commands, from the table in the README.</summary>
internal static partial class TaskTable
{
    internal static IReadOnlyList<(string Task, IReadOnlyList<string> Commands)> Read(string readme)
    {
        var text = readme.ReplaceLineEndings("\n");
        var from = text.IndexOf("\n## The commands\n", StringComparison.Ordinal);
        var table = text[from..text.IndexOf("\n## ", from + 1, StringComparison.Ordinal)];
        return [.. from line in table.Split('\n')
                   where line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("-Odc", StringComparison.Ordinal)
                   let cells = line.Split('|')
                   select (cells[1].Trim(), (IReadOnlyList<string>)[.. cells[2].Split(';').SelectMany(Names)])];
    }

    // `Get-`, `New-` and `Set-OdcGroup` are three.
    private static IEnumerable<string> Names(string cell)
    {
        var words = Word().Matches(cell).Select(m => m.Value).ToList();
        return words.Select(w => w.EndsWith('-') ? w + words[^1].Split('-')[1] : w);
    }

    [GeneratedRegex("(?<=`)[A-Za-z-]+(?=`)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Word();
}
