namespace OdcPowerShell.Help.Site;

/// <summary>The help as a folder of pages that link to each other, for a web server or a file share: html and markdown.</summary>
internal static class SiteFolder
{
    internal const string Index = "index";

    internal static void Write(string folder, IReadOnlyList<CommandHelp> commands, IReadOnlyDictionary<string, string> topics, string readme)
    {
        var tasks = TaskTable.Read(readme);
        var taskOf = tasks.SelectMany(t => t.Commands.Select(c => (c, t.Task))).ToLookup(t => t.c, t => t.Task, StringComparer.Ordinal);
        List<Page> pages =
        [
            .. commands.Select(c => CommandPage.From(c, taskOf[c.Command.Name].FirstOrDefault())),
            .. topics.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => TopicPage.From(t.Key, t.Value)),
        ];
        pages.Insert(0, IndexOf(pages, tasks));
        var links = new Links(pages.Select(p => p.Name).ToHashSet(StringComparer.Ordinal));
        var (html, markdown) = (New(folder, "html"), New(folder, "markdown"));
        foreach (var page in pages)
        {
            new HtmlPage(page, links).Save(html);
            new MarkdownPage(page, links).Save(markdown);
        }

        using var style = typeof(SiteFolder).Assembly.GetManifestResourceStream("OdcPowerShell.Help.site.css")!;
        using var file = File.Create(Path.Combine(html, HtmlPage.Style));
        style.CopyTo(file);
    }

    private static Page IndexOf(IReadOnlyList<Page> pages, IReadOnlyList<(string Task, IReadOnlyList<string> Commands)> tasks)
    {
        var summaries = pages.ToDictionary(p => p.Name, p => p.Summary, StringComparer.Ordinal);
        return new Page(Index, "OdcPowerShell", "Commands for the REST APIs of the OutSystems Developer Cloud (ODC), by task.",
        [
            .. tasks.SelectMany(t => (Block[])[new Heading(2, t.Task), Table("Command", t.Commands.Where(summaries.ContainsKey))]),
            new Heading(2, "Topics"),
            Table("Topic", pages.Where(p => p.Name.StartsWith("about_", StringComparison.Ordinal)).Select(p => p.Name)),
        ]);

        Rows Table(string what, IEnumerable<string> names) => new([what, "What it does"], [.. names.Select(n => (string[])[n, summaries[n]])]);
    }

    // Pages of commands that are gone must not stay.
    private static string New(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        return Directory.CreateDirectory(path).FullName;
    }
}
