using System.Globalization;
using System.Text;

namespace OdcPowerShell.Output.Report;

/// <summary>Writes HTML. Names of elements and attributes come from the code; all else is text, and is escaped.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    internal HtmlWriter Open(string tag, params (string Name, string? Value)[] attributes)
    {
        _html.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is null)
                continue;
            _html.Append(' ').Append(name).Append("=\"");
            Escape(value);
            _html.Append('"');
        }

        _html.Append('>');
        return this;
    }

    internal HtmlWriter Close(string tag)
    {
        _html.Append("</").Append(tag).Append('>');
        return this;
    }

    internal HtmlWriter Text(string? text)
    {
        Escape(text ?? "");
        return this;
    }

    /// <summary>An element that contains only this text.</summary>
    internal HtmlWriter Element(string tag, string? text, params (string Name, string? Value)[] attributes) => Open(tag, attributes).Text(text).Close(tag);

    internal HtmlWriter Line()
    {
        _html.Append('\n');
        return this;
    }

    public override string ToString() => _html.ToString();

    private void Escape(string text)
    {
        foreach (var c in ReportText.Clean(text))
        {
            _ = c switch
            {
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '&' => _html.Append("&amp;"),
                '"' => _html.Append("&quot;"),
                '\'' => _html.Append("&#39;"),
                _ => _html.Append(c),
            };
        }
    }
}

/// <summary>Texts of a report: the same in every culture.</summary>
internal static class ReportText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text without half characters and control characters, which neither HTML nor JSON can contain.</summary>
    internal static string Clean(string text)
    {
        if (!text.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(char.IsSurrogate(text[i]) ? Replacement : char.IsControl(text[i]) ? ' ' : text[i]);
        }

        return clean.ToString();
    }

    internal static string Count(double number) => number.ToString("#,##0.##", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun, such as "1 asset" or "2 assets".</summary>
    internal static string Count(int number, string noun, string? several = null) => $"{Count(number)} {(number == 1 ? noun : several ?? noun + "s")}";

    internal static string Date(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    internal static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
