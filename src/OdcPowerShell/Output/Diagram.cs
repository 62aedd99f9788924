using System.Globalization;
using System.Text;

namespace OdcPowerShell.Output;

/// <summary>A frame with nodes in it.</summary>
/// <param name="Key">What distinguishes it.</param>
/// <param name="Name">Its label.</param>
/// <param name="Nodes">The nodes: a key and a label.</param>
internal sealed record DiagramFrame(string Key, string Name, IReadOnlyList<(string Key, string Name)> Nodes);

/// <summary>Dependencies, and what runs in stages, as the text of a diagram. Names are labels, and can't end them.</summary>
internal static class Diagram
{
    private const string Harmless = " .,-_()/:+";

    internal static string Mermaid(IReadOnlyList<DependencyNode> nodes, bool isAcross, IReadOnlyList<DiagramFrame>? frames = null) => Lines(
        isAcross ? "flowchart LR" : "flowchart TD",
        nodes.Select(node => MermaidNode(node.Key, node.Name)).Concat((frames ?? []).SelectMany(frame =>
            frame.Nodes.Select(node => "  " + MermaidNode(node.Key, node.Name)).Prepend($"  subgraph {MermaidId(frame.Key)}[\"{MermaidLabel(frame.Name)}\"]").Append("  end"))),
        nodes.SelectMany(node => node.Uses.Select(used => $"  {MermaidId(node.Key)} --> {MermaidId(used)}")));

    internal static string Dot(IReadOnlyList<DependencyNode> nodes, bool isAcross, IReadOnlyList<DiagramFrame>? frames = null) => Lines(
        "digraph dependencies {\n  rankdir=" + (isAcross ? "LR" : "TB") + ";\n  node [shape=box];",
        nodes.Select(node => DotNode(node.Key, node.Name)).Concat((frames ?? []).SelectMany(frame =>
            frame.Nodes.Select(node => "  " + DotNode(node.Key, node.Name)).Prepend($"  subgraph \"cluster_{DotText(frame.Key)}\" {{\n    label=\"{DotText(frame.Name)}\";").Append("  }"))),
        nodes.SelectMany(node => node.Uses.Select(used => $"  \"{DotText(node.Key)}\" -> \"{DotText(used)}\";")).Append("}"));

    private static string MermaidNode(string key, string name) => $"  {MermaidId(key)}[\"{MermaidLabel(name)}\"]";

    private static string DotNode(string key, string name) => $"  \"{DotText(key)}\" [label=\"{DotText(name)}\"];";

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
