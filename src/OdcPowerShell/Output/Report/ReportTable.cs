using System.Globalization;
using System.Text.Json;

namespace OdcPowerShell.Output.Report;

/// <summary>How a mark looks. Its words always say the same as its colour.</summary>
internal enum Tone
{
    Plain,
    Good,
    Info,
    Warn,
    Bad,
}

/// <summary>A cell: its text, a number to sort by, and words that are marked.</summary>
internal readonly record struct ReportCell(string Text, double? Sort = null, string? Mark = null, Tone Tone = Tone.Plain)
{
    public static implicit operator ReportCell(string? text) => new(text ?? "");

    internal static ReportCell Number(double? number) => number is { } known ? new ReportCell(ReportText.Count(known), known) : new ReportCell("not read", -1);

    internal static ReportCell Time(DateTimeOffset? at) => new(ReportText.Time(at), at?.ToUnixTimeSeconds() ?? -1);
}

/// <summary>A column. One with a choice can be filtered by its values.</summary>
internal sealed record ReportColumn(string Name, bool IsNumber = false, bool HasChoice = false, bool IsTime = false, bool IsWide = false)
{
    /// <summary>How its cells look; null for text.</summary>
    internal string? Kind => IsNumber ? "number" : IsTime ? "time" : IsWide ? "wide" : null;

    public static implicit operator ReportColumn(string name) => new(name);
}

/// <summary>
/// A table that can be sorted and filtered. The first rows are part of the page, so that it shows something without a script; all rows are part
/// of its data, which the script shows in slices.
/// </summary>
/// <param name="Id">Its name in the page.</param>
/// <param name="Caption">What it lists.</param>
/// <param name="Columns">Its columns; the first one names the row.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Empty">What it says without rows.</param>
internal sealed record ReportTable(string Id, string Caption, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportCell[]> Rows, string Empty)
{
    private const int RowsInPage = 100;

    internal void Write(HtmlWriter html)
    {
        if (Rows.Count == 0)
        {
            html.Element("p", Empty, ("class", "empty")).Line();
            return;
        }

        html.Open("div", ("class", "listing"), ("data-table", Id)).Line();
        html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", Id + "-caption"));
        html.Open("table", ("aria-rowcount", Text(Rows.Count + 1))).Element("caption", Caption, ("id", Id + "-caption"));
        html.Open("thead").Open("tr");
        foreach (var column in Columns)
            html.Element("th", column.Name, ("scope", "col"), ("class", column.Kind));
        html.Close("tr").Close("thead").Line().Open("tbody").Line();
        foreach (var row in Rows.Take(RowsInPage))
            Write(html, row);
        html.Close("tbody").Close("table").Close("div").Line();
        if (Rows.Count > RowsInPage)
            html.Open("noscript").Element("p", $"These are the first {RowsInPage} of {ReportText.Count(Rows.Count)} rows: the others need JavaScript.", ("class", "note")).Close("noscript");
        html.Close("div").Line();
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject(Id);
        json.WriteStartArray("columns");
        foreach (var column in Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", ReportText.Clean(column.Name));
            json.WriteString("kind", column.Kind);
            json.WriteBoolean("choice", column.HasChoice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in Rows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
                Write(json, cell);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(HtmlWriter html, ReportCell[] row)
    {
        html.Open("tr");
        for (var i = 0; i < row.Length; i++)
        {
            var cell = row[i];
            var tag = i == 0 ? "th" : "td";
            html.Open(tag, ("scope", i == 0 ? "row" : null), ("class", Columns[i].Kind)).Text(cell.Text);
            if (cell.Mark is not null)
                html.Text(cell.Text.Length > 0 ? " " : "").Element("span", cell.Mark, ("class", "mark " + NameOf(cell.Tone)));
            html.Close(tag);
        }

        html.Close("tr").Line();
    }

    // A cell that is only text is a text, and not a list.
    private static void Write(Utf8JsonWriter json, ReportCell cell)
    {
        var text = ReportText.Clean(cell.Text);
        if (cell is { Sort: null, Mark: null })
        {
            json.WriteStringValue(text);
            return;
        }

        json.WriteStartArray();
        json.WriteStringValue(text);
        if (cell.Sort is { } sort)
            json.WriteNumberValue(sort);
        else
            json.WriteNullValue();
        if (cell.Mark is not null)
        {
            json.WriteStringValue(ReportText.Clean(cell.Mark));
            json.WriteStringValue(NameOf(cell.Tone));
        }

        json.WriteEndArray();
    }

    internal static string NameOf(Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Info => "info",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        _ => "plain",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
