using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Tests.Report;

namespace OdcPowerShell.Tests.DependencyManagement;

/// <summary>Dependencies as diagrams. Each is read by a parser that knows only what such a diagram may contain.</summary>
public sealed partial class ConvertToOdcDiagramTests
{
    private const string A = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    public static TheoryData<string> Names => [.. ReportSamples.Hostile, "a --> b", "a[b]{c}(d)", "click n1 href \"javascript:alert(1)\"", "end", "`code`", "%%{init: {}}%%", "C:\\temp\\N", "a;b|c", "#quot;", "\"]\nclick x", "\\", "ünïcode 日本語"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_a_label_and_nothing_else(string name)
    {
        var graph = new DependencyGraph();
        graph.Add(A, name);
        graph.Add(B, "Library");
        graph.Use(A, B);
        var plain = Plain(name);
        foreach (var (nodes, edges) in new[] { Mermaid(Diagram.Mermaid(graph.Nodes, isAcross: false)), Dot(Diagram.Dot(graph.Nodes, isAcross: true)) })
        {
            Assert.Equal(new[] { plain, "Library" }.Order(StringComparer.Ordinal), nodes.Values.Order(StringComparer.Ordinal));
            var (from, to) = Assert.Single(edges);
            Assert.Equal((plain, "Library"), (nodes[from], nodes[to]));
        }
    }

    [Theory]
    [InlineData("Mermaid")]
    [InlineData("Dot")]
    public async Task It_draws_what_the_rows_say(string format)
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        var rows = lab.Run("Get-OdcAssetProducer 'Order Desk', Claims -OutVariable rows").All<OdcAssetProducer>();
        var text = lab.Run($"$rows + $rows | ConvertTo-OdcDiagram {format}").Single<string>();
        var (nodes, edges) = format == "Dot" ? Dot(text) : Mermaid(text);
        Assert.Equal(rows.Select(r => r.Name!).Append("Order Desk").Append("Claims").Distinct().Order(StringComparer.Ordinal), nodes.Values.Order(StringComparer.Ordinal));
        var expected = rows.Where(r => r.IsDirectProducer == true).Select(r => (r.ConsumerAssetName!, r.Name!))
            .Concat(rows.SelectMany(r => r.ProducerKeys!.Select(key => (r.Name!, rows.First(p => p.AssetKey == key).Name!)))).Distinct().Order();
        Assert.Equal(expected, edges.Select(e => (nodes[e.From], nodes[e.To])).Order());
    }

    [Fact]
    public async Task Trees_and_consumers_are_drawn_too()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        var tree = Mermaid(lab.Run("Get-OdcAssetProducerGraph 'Order Desk' | ConvertTo-OdcDiagram").Single<string>());
        var flat = Mermaid(lab.Run("Get-OdcAssetProducer 'Order Desk' | ConvertTo-OdcDiagram").Single<string>());
        Assert.Equal(flat.Nodes.OrderBy(n => n.Key, StringComparer.Ordinal), tree.Nodes.OrderBy(n => n.Key, StringComparer.Ordinal));
        Assert.Equal(flat.Edges.Order(), tree.Edges.Order());
        var users = Mermaid(lab.Run("Get-OdcAssetConsumer 'Common UI' | ConvertTo-OdcDiagram Mermaid -Direction LeftRight").Single<string>());
        Assert.All(users.Edges, e => Assert.Equal("Common UI", users.Nodes[e.To]));
        var saved = Mermaid(lab.Run("Get-OdcAssetProducer 'Order Desk' | ConvertTo-CliXml -Depth 3 | ConvertFrom-CliXml | ConvertTo-OdcDiagram").Single<string>());
        Assert.Equal(flat.Edges.Order(), saved.Edges.Order());
    }

    [Fact]
    public async Task Every_node_has_a_name_also_where_the_rows_end()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        var names = lab.Run("(Get-OdcAssetProducer 'Order Desk' -Depth 1).Name").All<string>().Append("Order Desk");
        foreach (var format in new[] { "Mermaid", "Dot" })
        {
            var text = lab.Run($"Get-OdcAssetProducer 'Order Desk' -Depth 1 | ConvertTo-OdcDiagram {format}").Single<string>();
            var (nodes, edges) = format == "Dot" ? Dot(text) : Mermaid(text);
            Assert.Equal(names.Order(StringComparer.Ordinal), nodes.Values.Order(StringComparer.Ordinal));
            Assert.All(edges, e => Assert.True(nodes.ContainsKey(e.From) && nodes.ContainsKey(e.To)));
        }
    }

    [Theory]
    [InlineData("Mermaid", @"^  subgraph n_[a-z0-9]+\[""(?<stage>.+)""\]$", @"^    n_[a-z0-9_]+\[""(?<asset>.+)""\]$")]
    [InlineData("Dot", @"^    label=""(?<stage>.+)"";$", @"^    "".+"" \[label=""(?<asset>.+)""\];$")]
    public async Task Deployed_assets_are_drawn_by_stage(string format, string stage, string asset)
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        foreach (var rows in new[] { "Get-OdcDeployedAsset -Stage QA, Production -Flat", "Get-OdcDeployedAsset" })
        {
            var text = lab.Run($"{rows} | ConvertTo-OdcDiagram {format}").Single<string>().Split('\n');
            var expected = lab.Tenant.Stages.Skip(rows.EndsWith("Flat", StringComparison.Ordinal) ? 1 : 0).ToList();
            Assert.Equal(expected.Select(s => s.Name).Order(StringComparer.Ordinal), Found(text, stage, "stage").Order(StringComparer.Ordinal));
            var running = expected.SelectMany(s => lab.Tenant.Delivery.Assets.Where(a => lab.Tenant.Delivery.DeployedRevision(a.Key, s.Key) is not null).Select(a => $"{a.Name} {lab.Tenant.Delivery.DeployedRevision(a.Key, s.Key)}"));
            Assert.Equal(running.Order(StringComparer.Ordinal), Found(text, asset, "asset").Select(a => Regex.Replace(a, @" \([0-9.]+\)$", "", RegexOptions.None, TimeSpan.FromSeconds(1))).Order(StringComparer.Ordinal));
        }

        static IEnumerable<string> Found(string[] lines, string pattern, string group) =>
            lines.Select(l => Regex.Match(l, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))).Where(m => m.Success).Select(m => m.Groups[group].Value);
    }

    [Fact]
    public async Task Nothing_and_other_objects_are_errors()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        Assert.Equal("OdcInvalidRequest", lab.Run("@() | ConvertTo-OdcDiagram").ErrorId);
        var wrong = lab.Run("Get-OdcStage | ConvertTo-OdcDiagram");
        Assert.Contains("OdcStage is not a dependency and no deployed asset", wrong.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(wrong.Output);
    }

    [Fact]
    public void An_asset_is_above_all_that_it_uses_and_cycles_end()
    {
        var graph = new DependencyGraph([new("app", "App", null, ["lib", "ui"]), new("ui", "UI", null, ["lib"]), new("lib", "Lib", null, [])]);
        Assert.Equal([["lib"], ["ui"], ["app"]], graph.Layers());
        var round = new DependencyGraph([new("a", "A", null, ["b"]), new("b", "B", null, ["c"]), new("c", "C", null, ["a", "c"]), new("top", "Top", null, ["a"])]);
        Assert.Equal([["a", "b", "c"], ["top"]], round.Layers());
        Assert.Equal(5, round.EdgeCount);
        Assert.NotEmpty(Mermaid(Diagram.Mermaid(round.Nodes, false)).Edges);
    }

    private static (Dictionary<string, string> Nodes, List<(string From, string To)> Edges) Mermaid(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Matches("^flowchart (TD|LR)$", lines[0]);
        return Read(lines[1..], MermaidNode(), MermaidEdge(), label => MermaidEntity().Replace(label, m => ((char)int.Parse(m.Groups["from"].Value, CultureInfo.InvariantCulture)).ToString()));
    }

    private static (Dictionary<string, string> Nodes, List<(string From, string To)> Edges) Dot(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(("digraph dependencies {", "  node [shape=box];", "}"), (lines[0], lines[2], lines[^1]));
        Assert.Matches("^  rankdir=(TB|LR);$", lines[1]);
        return Read(lines[3..^1], DotNode(), DotEdge(), label => DotEscape().Replace(label, m => m.Groups["from"].Value).Replace("&amp;", "&", StringComparison.Ordinal));
    }

    private static (Dictionary<string, string> Nodes, List<(string From, string To)> Edges) Read(IEnumerable<string> lines, Regex node, Regex edge, Func<string, string> label)
    {
        var nodes = new Dictionary<string, string>(StringComparer.Ordinal);
        var edges = new List<(string, string)>();
        foreach (var line in lines)
        {
            if (node.Match(line) is { Success: true } isNode)
                nodes.Add(isNode.Groups["from"].Value, label(isNode.Groups["to"].Value));
            else if (edge.Match(line) is { Success: true } isEdge)
                edges.Add((isEdge.Groups["from"].Value, isEdge.Groups["to"].Value));
            else
                Assert.Fail($"This line is neither a node nor an edge: {line}");
        }

        return (nodes, edges);
    }

    // What a diagram can show of a name.
    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in OdcPowerShell.Output.Report.ReportText.Clean(name))
        {
            var kind = CharUnicodeInfo.GetUnicodeCategory(c);
            if (kind != UnicodeCategory.Format)
                plain.Append(kind is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : c);
        }

        return plain.ToString();
    }

    [GeneratedRegex("^  (?<from>n_[a-z0-9_]+)\\[\"(?<to>([\\p{L}\\p{Nd}\\p{Cs} .,_()/:+-]|#[0-9]+;)+)\"\\]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex MermaidNode();

    [GeneratedRegex("^  (?<from>n_[a-z0-9_]+) --> (?<to>n_[a-z0-9_]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex MermaidEdge();

    [GeneratedRegex("#(?<from>[0-9]+);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex MermaidEntity();

    [GeneratedRegex("^  \"(?<from>[^\"\\\\]+)\" \\[label=\"(?<to>([^\"\\\\]|\\\\[\"\\\\])*)\"\\];$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex DotNode();

    [GeneratedRegex("^  \"(?<from>[^\"\\\\]+)\" -> \"(?<to>[^\"\\\\]+)\";$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex DotEdge();

    [GeneratedRegex("\\\\(?<from>.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex DotEscape();
}
