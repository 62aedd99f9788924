using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OdcPowerShell.Help.Site;

/// <summary>A page as HTML that is XML too. All text goes through XML's own writer, which escapes it.</summary>
internal sealed class HtmlPage(Page page, Links links)
{
    internal const string Style = "site.css";

    internal void Save(string folder)
    {
        var document = new XDocument(new XDocumentType("html", null, null, null), Html());
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n", NewLineHandling = NewLineHandling.None };
        using var writer = XmlWriter.Create(Path.Combine(folder, page.Name + ".html"), settings);
        document.Save(writer);
    }

    private XElement Html() => new(
        "html",
        new XAttribute("lang", "en"),
        new XElement(
            "head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            new XElement("meta", new XAttribute("name", "description"), new XAttribute("content", page.Summary)),
            new XElement("title", page.Name == SiteFolder.Index ? page.Title : page.Title + " - OdcPowerShell"),
            new XElement("link", new XAttribute("rel", "stylesheet"), new XAttribute("href", Style))),
        new XElement(
            "body",
            page.Name == SiteFolder.Index ? null : new XElement("nav", new XAttribute("aria-label", "Site"), Link(SiteFolder.Index, "All commands by task")),
            new XElement("main", new XElement("h1", page.Title), new XElement("p", new XAttribute("class", "summary"), Text(page.Summary)), page.Blocks.Select(Of))));

    private XElement Of(Block block) => block switch
    {
        Heading heading => new XElement($"h{heading.Level}", heading.Text),
        Paragraph paragraph => new XElement("p", Text(paragraph.Text)),
        // What is wider than the page is scrolled, also with the keyboard.
        CodeLines code => new XElement("pre", new XAttribute("class", code.Language), new XAttribute("tabindex", 0), new XElement("code", Text(code.Text))),
        Bullets list => new XElement("ul", list.Items.Select(i => new XElement("li", Text(i)))),
        Rows rows => Table(rows),
        _ => throw new NotSupportedException(block.GetType().Name),
    };

    private XElement Table(Rows rows) => new(
        "div",
        new XAttribute("class", "table"),
        new XAttribute("tabindex", 0),
        new XElement(
            "table",
            new XElement("thead", new XElement("tr", rows.Head.Select(h => new XElement("th", new XAttribute("scope", "col"), h)))),
            new XElement("tbody", rows.Cells.Select(row => new XElement("tr", row.Select((cell, i) => i == 0 ? new XElement("th", new XAttribute("scope", "row"), Text(cell)) : new XElement("td", Text(cell))))))));

    private IEnumerable<object> Text(string text) => links.In(text, page.Name).Select(part => part.Target is { } target ? Link(target, part.Text) : (object)part.Text).DefaultIfEmpty("");

    private static XElement Link(string target, string text) => new("a", new XAttribute("href", target + ".html"), text);
}
