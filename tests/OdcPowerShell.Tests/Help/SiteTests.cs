using System.Text.RegularExpressions;
using System.Xml.Linq;
using Deque.AxeCore.Commons;
using OdcPowerShell.Tests.Conventions;
using OdcPowerShell.Tests.Report;
using OdcPowerShell.Tests.Samples;

namespace OdcPowerShell.Tests.Help;

/// <summary>The help as a site, which each build leaves in artifacts/help.</summary>
public sealed class SiteTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    private static string Folder => Path.Combine(ModuleFiles.Repository, "artifacts", "help");

    private static IReadOnlyDictionary<string, XDocument> Pages { get; } =
        Directory.EnumerateFiles(Path.Combine(Folder, "html"), "*.html").ToDictionary(f => Path.GetFileName(f), f => XDocument.Load(f), StringComparer.Ordinal);

    private static IEnumerable<string> Topics => Directory.EnumerateFiles(Path.Combine(ModuleFiles.Repository, "module", "bin", "net8.0", "en-US"), "about_*.help.txt").Select(f => Path.GetFileName(f).Replace(".help.txt", "", StringComparison.Ordinal));

    [Fact]
    public void Every_command_and_topic_has_its_page_and_no_other_has_one()
    {
        var names = Module.CmdletTypes.Select(t => t.CmdletName()).Concat(Topics).Append("index").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(names.Select(n => n + ".html"), Pages.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(names.Select(n => n + ".md"), Directory.EnumerateFiles(Path.Combine(Folder, "markdown")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_link_leads_to_a_page_and_nothing_is_loaded_from_elsewhere()
    {
        Faults.None(from page in Pages
                    from attribute in page.Value.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src" or "action" or "data" or "poster" or "srcset")
                    where !File.Exists(Path.Combine(Folder, "html", attribute.Value)) || attribute.Value.Contains('/', StringComparison.Ordinal)
                    select $"{page.Key}: {attribute}");
        Faults.None(from file in Directory.EnumerateFiles(Path.Combine(Folder, "markdown"))
                    from target in Regex.Matches(File.ReadAllText(file), @"\]\((?<target>[^)]*)\)", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups["target"].Value)
                    where !File.Exists(Path.Combine(Folder, "markdown", target))
                    select $"{Path.GetFileName(file)}: {target}");
        var style = File.ReadAllText(Path.Combine(Folder, "html", "site.css"));
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_command_leads_to_is_linked()
    {
        var seeAlso = Pages["Start-OdcDeployment.html"].Descendants("h2").Single(h => h.Value == "See also").ElementsAfterSelf("ul").First();
        Assert.Equal(seeAlso.Elements("li").Select(l => l.Value), seeAlso.Descendants("a").Select(a => a.Value));
        Assert.Subset(seeAlso.Descendants("a").Select(a => (string)a.Attribute("href")!).ToHashSet(), new HashSet<string> { "Wait-OdcOperation.html", "Test-OdcDeployment.html", "about_OdcAutomation.html" });
        // Each page can be reached, and leads back.
        Assert.Equal(Pages.Keys.Where(k => k != "index.html").Order(StringComparer.Ordinal), Pages["index.html"].Descendants("a").Select(a => (string)a.Attribute("href")!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Pages.Where(p => p.Key != "index.html"), p => Assert.Contains(p.Value.Descendants("a"), a => (string?)a.Attribute("href") == "index.html"));
    }

    /// <summary>Pages are read as XML, so that an ampersand or an angle bracket that is not escaped is an error; what they show is what Get-Help shows.</summary>
    [Fact]
    public void The_text_of_the_help_is_on_the_page_as_it_is()
    {
        string[] elements = ["html", "head", "meta", "title", "link", "body", "nav", "main", "a", "h1", "h2", "h3", "p", "pre", "code", "ul", "li", "div", "table", "thead", "tbody", "tr", "th", "td"];
        Assert.All(Pages, page => Assert.Subset(elements.ToHashSet(), page.Value.Descendants().Select(e => e.Name.LocalName).ToHashSet()));
        var commands = XDocument.Load(Path.Combine(ModuleFiles.Repository, "module", "bin", "net8.0", "en-US", "OdcPowerShell.dll-Help.xml")).Root!.Elements().ToList();
        Assert.All(commands.Select(c => c.Element(Command + "details")!.Element(Command + "name")!.Value), name => Assert.Contains(" [<CommonParameters>]", Pages[name + ".html"].Descendants("pre").First().Value, StringComparison.Ordinal));
        Faults.None(from command in commands
                    let name = command.Element(Command + "details")!.Element(Command + "name")!.Value
                    let shown = Pages[name + ".html"].Descendants().Where(e => e.Name.LocalName is "code" or "p" or "li" or "td" or "th").Select(e => e.Value).ToList()
                    from text in command.Descendants(Dev + "code").Select(c => c.Value).Concat(command.Descendants(Maml + "para").Select(p => p.Value))
                    where text.Length > 0 && !text.StartsWith("See also: ", StringComparison.Ordinal) && !shown.Any(s => s.Contains(text, StringComparison.Ordinal))
                    select $"{name}: {text}");
        Faults.None(from topic in Topics
                    let shown = string.Concat(Pages[topic + ".html"].Descendants("main").Single().Value.Where(c => !char.IsWhiteSpace(c) && c != '-'))
                    from line in File.ReadLines(Path.Combine(ModuleFiles.Repository, "module", "bin", "net8.0", "en-US", topic + ".help.txt")).Select(l => string.Concat(l.Where(c => !char.IsWhiteSpace(c) && c != '-')))
                    where line is not ("TOPIC" or "SHORTDESCRIPTION" or "LONGDESCRIPTION") && !shown.Contains(line, StringComparison.Ordinal)
                    select $"{topic}: {line}");
    }

    [Fact]
    public void The_index_is_by_the_tasks_of_the_README()
    {
        var index = Pages["index.html"].Descendants("main").Single();
        var tasks = MarkdownFile.Text("README.md").Split("\n## ").Single(s => s.StartsWith("The commands\n", StringComparison.Ordinal)).Split('\n')
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Split('|')[1].Trim()).Skip(2).ToList();
        Assert.Equal([.. tasks, "Topics"], index.Elements("h2").Select(h => h.Value));
        var users = index.Elements("h2").Single(h => h.Value.StartsWith("Users, groups", StringComparison.Ordinal)).ElementsAfterSelf().First();
        Assert.Contains("Gets users of the organization.", users.Descendants("tr").Single(r => r.Elements().First().Value == "Get-OdcUser").Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("index", false)]
    [InlineData("Get-OdcUser", false)]
    [InlineData("Get-OdcUser", true)]
    [InlineData("about_OdcErrors", true)]
    public async Task A_page_is_readable_in_a_browser_light_and_dark(string name, bool isDark)
    {
        var page = await browser.OpenAsync(Path.Combine(Folder, "html", name + ".html"), width: 400, isDark: isDark);
        Assert.Empty(page.Trouble);
        Assert.All(page.Requests, request => Assert.StartsWith("file:", request, StringComparison.Ordinal));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the window.");
        Assert.Equal(isDark ? "rgb(18, 22, 28)" : "rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        using var axe = typeof(AxeResult).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(axe);
        await page.SendAsync("Runtime.evaluate", new { expression = await reader.ReadToEndAsync(TestContext.Current.CancellationToken) });
        Faults.None(await page.EvaluateAsync<string[]>("axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target + ' ' + n.failureSummary)))"));
    }
}
