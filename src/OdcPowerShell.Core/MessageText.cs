using System.Text;

namespace OdcPowerShell;

/// <summary>Parts of messages.</summary>
internal static class MessageText
{
    // PowerShell ends a quoted text with any of these.
    private const string Quotes = "'\u2018\u2019\u201a\u201b";

    /// <summary>A text as an argument of a command that a user can copy.</summary>
    internal static string Quoted(string? text)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in text ?? "")
            quoted.Append(c, Quotes.IndexOf(c) >= 0 ? 2 : 1);
        return quoted.Append('\'').ToString();
    }

    /// <summary>A text at the beginning of a sentence.</summary>
    internal static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
