using System.Globalization;
using System.Text;

namespace OdcPowerShell.Output;

/// <summary>Dependencies as the text of a diagram. Names are labels, and can't end them.</summary>
internal static class Diagram
{
    private const string Harmless = " .,-_()/:+";

    internal static string Mermaid(IReadOnlyList<DependencyNode> nodes, bool isAcross) => Lines(
        isAcross ? "flowchart LR" : "flowchart TD",
        nodes.Select(node => $"  {MermaidId(node.Key)}[\"{MermaidLabel(node.Name)}\"]"),
        nodes.SelectMany(node => node.Uses.Select(used => $"  {MermaidId(node.Key)} --> {MermaidId(used)}")));

    internal static string Dot(IReadOnlyList<DependencyNode> nodes, bool isAcross) => Lines(
        "digraph dependencies {\n  rankdir=" + (isAcross ? "LR" : "TB") + ";\n  node [shape=box];",
        nodes.Select(node => $"  \"{DotText(node.Key)}\" [label=\"{DotText(node.Name)}\"];"),
        nodes.SelectMany(node => node.Uses.Select(used => $"  \"{DotText(node.Key)}\" -> \"{DotText(used)}\";")).Append("}"));

    private static string Lines(string head, IEnumerable<string> nodes, IEnumerable<string> edges) => string.Join("\n", nodes.Concat(edges).Prepend(head)) + "\n";

    // Words of the language, such as end, are no names of nodes: all begin with a letter that no word has before a number.
    private static string MermaidId(string key)
    {
        var id = new StringBuilder("n_");
        foreach (var c in key.ToLowerInvariant())
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                id.Append(c);
            else if (c != '-')
                id.Append('_').Append(((int)c).ToString("x", CultureInfo.InvariantCulture));
        }

        return id.ToString();
    }

    // Mermaid reads "#35;" as the character with this number. Letters of all languages stay readable.
    private static string MermaidLabel(string name)
    {
        var label = new StringBuilder();
        foreach (var c in Plain(name))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || Harmless.IndexOf(c) >= 0)
                label.Append(c);
            else
                label.Append('#').Append(((int)c).ToString(CultureInfo.InvariantCulture)).Append(';');
        }

        return label.ToString();
    }

    // Graphviz reads entities in labels, and escapes such as \N.
    private static string DotText(string name)
    {
        var text = new StringBuilder();
        foreach (var c in Plain(name))
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '&' => text.Append("&amp;"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    // On one line, without half characters and without characters that change the direction of the text after them. An empty label is none.
    private static string Plain(string name)
    {
        var plain = new string([.. Report.ReportText.Clean(name).Select(c => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : c)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)]);
        return string.IsNullOrWhiteSpace(plain) ? "?" : plain;
    }
}
