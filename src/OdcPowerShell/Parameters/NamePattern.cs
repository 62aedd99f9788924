using System.Management.Automation;

namespace OdcPowerShell.Parameters;

/// <summary>Names as users give them, with wildcards or without: what the service is asked for, and what fits.</summary>
internal sealed class NamePattern
{
    private const string Special = "*?[]`";

    // Longer than any name; patterns of whole files would take minutes to compare.
    private const int Longest = 1000;
    private readonly WildcardPattern _pattern;

    /// <exception cref="OdcException">The wildcards are not valid, or it is too long for a name.</exception>
    internal NamePattern(string text)
    {
        if (text.Length > Longest)
            throw new OdcException(OdcErrorCause.InvalidRequest, $"A name of {text.Length} characters was given.", $"Names have {Longest} characters at most.");
        IsLiteral = !WildcardPattern.ContainsWildcardCharacters(text);
        Text = IsLiteral ? WildcardPattern.Unescape(text) : text;
        _pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
        try
        {
            _pattern.IsMatch("");
        }
        catch (WildcardPatternException e)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, $"'{text}' is no valid pattern of wildcards.", "Close the bracket; put a backtick before one that is meant as itself: '`['.", e);
        }
    }

    internal string Text { get; }

    /// <summary>Whether it is one name, so that it is an error when nothing has it.</summary>
    internal bool IsLiteral { get; }

    /// <summary>The longest part without wildcards, for a filter that looks for a text within names; null where there is none.</summary>
    internal string? Contained => IsLiteral ? Text : Text.Split(Special.ToCharArray()).OrderByDescending(part => part.Length).First() is { Length: > 0 } part && !Text.Contains('[') ? part : null;

    /// <summary>Whether a name fits, or is the pattern itself: Tab offers names as they are.</summary>
    internal bool Fits(string? name) => _pattern.IsMatch(name ?? "") || string.Equals(name, Text, StringComparison.OrdinalIgnoreCase);
}
