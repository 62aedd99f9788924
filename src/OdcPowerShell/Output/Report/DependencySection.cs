using System.Text.Json;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Output.Report;

/// <summary>What uses what: a drawing in layers, the neighbours of an asset, and a table.</summary>
internal sealed class DependencySection(TenantPart<DependencyNode> part) : ReportSection("dependencies", "Dependencies")
{
    private const int MostNodes = 60;
    private const int MostInLayer = 24;
    private const int MostNames = 5;
    private readonly DependencyGraph _graph = new(part.Items);

    internal override IEnumerable<ReportTile> Tiles => !part.IsRead ? [] :
        [new ReportTile(Id, "Dependencies", ReportText.Count(_graph.EdgeCount), $"between {ReportText.Count(_graph.Nodes.Count)} assets")];

    private protected override void WriteContent(HtmlWriter html)
    {
        if (!Read(html, part))
            return;
        var nodes = _graph.Nodes;
        var layers = _graph.Layers();
        var layerOf = layers.SelectMany((layer, i) => layer.Select(key => (Key: key, Layer: i + 1))).ToDictionary(e => e.Key, e => e.Layer, StringComparer.OrdinalIgnoreCase);
        if (_graph.EdgeCount > 0)
        {
            var drawing = new LayerDrawing(_graph, layers);
            if (nodes.Count <= MostNodes && layers.Max(l => l.Count) <= MostInLayer)
                drawing.WriteAssets(html);
            else
                drawing.WriteCounts(html);
            // The script fills it.
            html.Open("div", ("class", "neighbours"), ("hidden", "")).Close("div").Line();
        }

        var users = nodes.SelectMany(n => n.Uses).GroupBy(key => key, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Count(), StringComparer.OrdinalIgnoreCase);
        Write(html, new ReportTable(
            "uses", "Assets and what they use", ["Asset", new("Type", HasChoice: true), new("Layer", IsNumber: true, HasChoice: true), new("Uses", IsNumber: true), new("Used by", IsNumber: true), new("Uses directly", IsWide: true)],
            [
                .. nodes.Select(n => new ReportCell[]
                {
                    n.Name, n.Type, ReportCell.Number(layerOf[n.Key]), ReportCell.Number(n.Uses.Count), ReportCell.Number(users.TryGetValue(n.Key, out var count) ? count : 0), Names(n.Uses),
                }),
            ],
            "There are no assets."));
    }

    /// <summary>The graph for the script: assets, and their dependencies as numbers of assets.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        var nodes = _graph.Nodes;
        var numbers = nodes.Select((n, i) => (n.Key, i)).ToDictionary(e => e.Key, e => e.i, StringComparer.OrdinalIgnoreCase);
        json.WriteStartObject("graph");
        json.WriteStartArray("names");
        foreach (var node in nodes)
            json.WriteStringValue(ReportText.Clean(node.Name));
        json.WriteEndArray();
        json.WriteStartArray("uses");
        foreach (var node in nodes)
        {
            json.WriteStartArray();
            foreach (var used in node.Uses)
                json.WriteNumberValue(numbers[used]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private string Names(IReadOnlyList<string> keys) =>
        string.Join(", ", keys.Take(MostNames).Select(_graph.NameOf)) + (keys.Count > MostNames ? $" and {ReportText.Count(keys.Count - MostNames)} more" : "");
}

/// <summary>Draws a dependency graph: what uses others is above what it uses.</summary>
internal sealed class LayerDrawing(DependencyGraph graph, IReadOnlyList<IReadOnlyList<string>> layers)
{
    private const int Width = 1080;
    private const int BoxHeight = 34;
    private const int LayerHeight = 92;
    private const int RowHeight = 46;
    private const int MostInRow = 8;
    private const int LetterWidth = 7;

    private string Text => $"{ReportText.Count(graph.EdgeCount, "dependency", "dependencies")} between {ReportText.Count(layers.Sum(l => l.Count))} assets in {ReportText.Count(layers.Count, "layer")}. An asset is above all that it uses.";

    /// <summary>Each asset as a box.</summary>
    internal void WriteAssets(HtmlWriter html)
    {
        var boxes = Place();
        Begin(html, (int)boxes.Values.Max(box => box.Y) + BoxHeight + 4);
        html.Open("g", ("class", "edges"));
        foreach (var node in graph.Nodes)
        {
            foreach (var used in node.Uses.Where(used => used != node.Key))
            {
                var (from, to) = (boxes[node.Key], boxes[used]);
                var (x1, y1, x2, y2) = (from.X + (from.Width / 2), from.Y + BoxHeight, to.X + (to.Width / 2), to.Y);
                var bend = (LayerHeight - BoxHeight) * 0.6;
                html.Element("path", null, ("d", FormattableString.Invariant($"M{x1:0.#} {y1:0.#}C{x1:0.#} {y1 + bend:0.#} {x2:0.#} {y2 - bend:0.#} {x2:0.#} {y2:0.#}")));
            }
        }

        html.Close("g").Line();
        foreach (var placed in boxes.OrderBy(b => b.Value.Y).ThenBy(b => b.Value.X))
        {
            var (name, box) = (ReportText.Clean(graph.NameOf(placed.Key)), placed.Value);
            html.Open("g", ("class", "node")).Element("title", name).Element("rect", null, ("x", ReportCharts.Text(box.X)), ("y", ReportCharts.Text(box.Y)), ("width", ReportCharts.Text(box.Width)), ("height", ReportCharts.Text(BoxHeight)), ("rx", "6"));
            html.Element("text", Fit(name, box.Width), ("x", ReportCharts.Text(box.X + (box.Width / 2))), ("y", ReportCharts.Text(box.Y + 21)), ("text-anchor", "middle")).Close("g").Line();
        }

        End(html);
    }

    /// <summary>Each layer as a bar, for many assets.</summary>
    internal void WriteCounts(HtmlWriter html)
    {
        const int Step = 40;
        const int Label = 90;
        var most = layers.Max(l => l.Count);
        Begin(html, layers.Count * Step);
        foreach (var (layer, i) in layers.Select((layer, i) => (layer, i)).Reverse())
        {
            var y = (layers.Count - 1 - i) * Step;
            var width = Math.Max(3, (Width - Label - 200) * layer.Count / (double)most);
            html.Element("text", $"Layer {i + 1}", ("x", "0"), ("y", ReportCharts.Text(y + 22)));
            html.Element("rect", null, ("class", "bar"), ("x", ReportCharts.Text(Label)), ("y", ReportCharts.Text(y + 4)), ("width", ReportCharts.Text(width)), ("height", "28"), ("rx", "3"));
            html.Element("text", ReportText.Count(layer.Count, "asset"), ("x", ReportCharts.Text(Label + width + 10)), ("y", ReportCharts.Text(y + 22))).Line();
        }

        End(html);
    }

    // Boxes of a layer side by side, each near the assets that use it. A wide layer has several rows.
    private Dictionary<string, (double X, double Y, double Width)> Place()
    {
        var boxes = new Dictionary<string, (double X, double Y, double Width)>(StringComparer.OrdinalIgnoreCase);
        var users = graph.Nodes.SelectMany(n => n.Uses.Select(used => (used, n.Key))).ToLookup(e => e.used, e => e.Key, StringComparer.OrdinalIgnoreCase);
        var y = 2.0;
        foreach (var layer in layers.Reverse())
        {
            var rows = (layer.Count + MostInRow - 1) / MostInRow;
            var columns = (layer.Count + rows - 1) / rows;
            var cell = Width / (double)columns;
            var width = Math.Min(cell - 12, 190);
            var ordered = layer.OrderBy(key => users[key].Where(boxes.ContainsKey).Select(user => boxes[user].X + (boxes[user].Width / 2)).DefaultIfEmpty(Width / 2.0).Average()).ToList();
            foreach (var (key, at) in ordered.Select((key, at) => (key, at)))
                boxes[key] = ((at / rows * cell) + ((cell - width) / 2), y + (at % rows * RowHeight), width);
            y += ((rows - 1) * RowHeight) + LayerHeight;
        }

        return boxes;
    }

    private static string Fit(string name, double width)
    {
        var letters = (int)(width / LetterWidth) - 1;
        if (name.Length <= letters)
            return name;
        // Half of a character is none.
        var end = char.IsHighSurrogate(name[letters - 2]) ? letters - 2 : letters - 1;
        return name.Substring(0, end) + "…";
    }

    private void Begin(HtmlWriter html, int height) =>
        html.Open("figure", ("class", "chart layers"), ("tabindex", "0")).Open("svg", ("viewBox", $"0 0 {Width} {height}"), ("role", "img"), ("aria-label", Text)).Line();

    private void End(HtmlWriter html) => html.Close("svg").Element("figcaption", Text).Close("figure").Line();
}
