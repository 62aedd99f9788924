using System.Globalization;

namespace OdcPowerShell.Output.Report;

/// <summary>A bar of a chart over days.</summary>
internal readonly record struct DayBar(string Day, int Count, int Failed);

/// <summary>Charts as SVG. Each has a text that says the same.</summary>
internal static class ReportCharts
{
    private const int ChartWidth = 960;
    private const int ChartHeight = 150;
    private const int Base = 124;
    private const int Top = 18;
    private const int Left = 34;

    /// <summary>A part of a whole: a filled bar.</summary>
    internal static void WriteMeter(HtmlWriter html, double part, double whole, Tone tone, string text)
    {
        const int Length = 240;
        var filled = whole > 0 ? Math.Max(0, Math.Min(1, part / whole)) * Length : 0;
        html.Open("svg", ("class", "meter " + ReportTable.NameOf(tone)), ("viewBox", $"0 0 {Length} 12"), ("preserveAspectRatio", "none"), ("role", "img"), ("aria-label", text));
        html.Element("rect", null, ("class", "track"), ("width", Text(Length)), ("height", "12"), ("rx", "3"));
        if (filled > 0)
            html.Element("rect", null, ("class", "filled"), ("width", Text(Math.Max(filled, 2))), ("height", "12"), ("rx", "3"));
        html.Close("svg");
    }

    /// <summary>Changes by day, with those that failed.</summary>
    internal static void WriteDays(HtmlWriter html, IReadOnlyList<DayBar> days, string text)
    {
        var most = Math.Max(1, days.Max(d => d.Count));
        var step = (ChartWidth - Left) / (double)days.Count;
        html.Open("figure", ("class", "chart"), ("tabindex", "0")).Open("svg", ("viewBox", $"0 0 {ChartWidth} {ChartHeight}"), ("role", "img"), ("aria-label", text)).Line();
        html.Open("defs").Open("pattern", ("id", "failed"), ("width", "6"), ("height", "6"), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)"));
        html.Element("rect", null, ("class", "failed"), ("width", "6"), ("height", "6")).Element("rect", null, ("class", "stripe"), ("width", "2"), ("height", "6")).Close("pattern").Close("defs").Line();
        foreach (var line in new[] { 0, (most + 1) / 2, most }.Distinct())
        {
            var y = Text(Y(line, most));
            html.Element("line", null, ("class", "grid"), ("x1", Text(Left)), ("x2", Text(ChartWidth)), ("y1", y), ("y2", y));
            html.Element("text", ReportText.Count(line), ("x", Text(Left - 8)), ("y", Text(Y(line, most) + 4)), ("text-anchor", "end"));
        }

        for (var i = 0; i < days.Count; i++)
        {
            var day = days[i];
            var x = Left + (i * step) + (step * 0.14);
            if (day.Count > 0)
            {
                html.Open("g").Element("title", $"{day.Day}: {ReportText.Count(day.Count, "change")}{(day.Failed > 0 ? $", {day.Failed} failed" : "")}");
                Bar(html, "bar", x, step * 0.72, Y(day.Count, most), Base);
                if (day.Failed > 0)
                    Bar(html, "bar-failed", x, step * 0.72, Y(day.Failed, most), Base);
                html.Close("g").Line();
            }

            if (i % Math.Max(1, (days.Count + 5) / 6) == 0)
                html.Element("text", day.Day, ("x", Text(x + (step * 0.36))), ("y", Text(ChartHeight - 6)), ("text-anchor", i == 0 ? "start" : i > days.Count - 4 ? "end" : "middle"));
        }

        html.Close("svg").Element("figcaption", text).Close("figure").Line();
    }

    private static void Bar(HtmlWriter html, string kind, double x, double width, double top, double bottom) =>
        html.Element("rect", null, ("class", kind), ("x", Text(x)), ("y", Text(top)), ("width", Text(width)), ("height", Text(bottom - top)), ("rx", "2"));

    private static double Y(double count, double most) => Base - ((Base - Top) * count / most);

    internal static string Text(double number) => Math.Round(number, 2).ToString(CultureInfo.InvariantCulture);
}
