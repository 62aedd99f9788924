using System.Text;

namespace OdcPowerShell.Help.Site;

/// <summary>A page as Markdown, for wikis and for readers of text.</summary>
internal sealed class MarkdownPage(Page page, Links links)
{
    private const string Special = @"\`*_{}[]<>#|~&";

    internal void Save(string folder)
    {
        var text = new StringBuilder($"# {Plain(page.Title)}\n\n{Linked(page.Summary)}\n");
        foreach (var block in page.Blocks)
            text.Append('\n').Append(Of(block)).Append('\n');
        File.WriteAllText(Path.Combine(folder, page.Name + ".md"), text.ToString());
    }

    private string Of(Block block) => block switch
    {
        Heading heading => $"{new string('#', heading.Level)} {Plain(heading.Text)}",
        Paragraph paragraph => Linked(paragraph.Text),
        CodeLines code => $"```{code.Language}\n{code.Text}\n```",
        Bullets list => string.Join('\n', list.Items.Select(i => "- " + Linked(i))),
        Rows rows => string.Join('\n', [Row(rows.Head.Select(Plain)), Row(rows.Head.Select(_ => "---")), .. rows.Cells.Select(row => Row(row.Select(Linked)))]),
        _ => throw new NotSupportedException(block.GetType().Name),
    };

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private string Linked(string text) => string.Concat(links.In(text, page.Name).Select(part => part.Target is { } target ? $"[{Plain(part.Text)}]({target}.md)" : Plain(part.Text)));

    private static string Plain(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
            escaped.Append(Special.Contains(c, StringComparison.Ordinal) ? @"\" : "").Append(c);
        return escaped.ToString();
    }
}
