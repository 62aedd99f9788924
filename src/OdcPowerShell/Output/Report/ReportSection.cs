using OdcPowerShell.Tenants;

namespace OdcPowerShell.Output.Report;

/// <summary>A figure at the top of the report.</summary>
/// <param name="Section">The section that it leads to.</param>
/// <param name="Name">What it counts.</param>
/// <param name="Value">The figure.</param>
/// <param name="Note">More about it.</param>
/// <param name="Tone">Whether it needs attention.</param>
internal sealed record ReportTile(string Section, string Name, string Value, string Note, Tone Tone = Tone.Plain);

/// <summary>A section of the report.</summary>
internal abstract class ReportSection(string id, string title)
{
    private readonly List<(string Name, string Reason)> _unread = [];

    internal string Id => id;

    internal string Title => title;

    /// <summary>What the API client may not read, as far as this section was written.</summary>
    internal IReadOnlyList<(string Name, string Reason)> Unread => _unread;

    /// <summary>The figures of the section; none for what could not be read.</summary>
    internal virtual IEnumerable<ReportTile> Tiles => [];

    /// <summary>The tables of the section.</summary>
    internal List<ReportTable> Tables { get; } = [];

    internal void Write(HtmlWriter html)
    {
        html.Open("section", ("id", id), ("aria-labelledby", id + "-title")).Line().Element("h2", title, ("id", id + "-title")).Line();
        WriteContent(html);
        html.Close("section").Line();
    }

    private protected abstract void WriteContent(HtmlWriter html);

    private protected void Write(HtmlWriter html, ReportTable table)
    {
        Tables.Add(table);
        table.Write(html);
    }

    /// <summary>Whether a part could be read. One that could not is never shown as empty.</summary>
    private protected bool Read<T>(HtmlWriter html, TenantPart<T> part)
    {
        if (part.Reason is not { } reason)
            return true;
        _unread.Add((part.Name, reason));
        html.Open("p", ("class", "unread")).Element("strong", "Not read: ").Text($"{part.Name}. {char.ToUpperInvariant(reason[0])}{reason.Substring(1)}.").Close("p").Line();
        return false;
    }

    /// <summary>A list of figures with their names.</summary>
    private protected static void WriteFigures(HtmlWriter html, IEnumerable<(string Name, string Value)> figures)
    {
        html.Open("dl", ("class", "figures"));
        foreach (var (name, value) in figures)
            html.Open("div").Element("dt", name).Element("dd", value).Close("div");
        html.Close("dl").Line();
    }
}
