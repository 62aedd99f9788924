using System.Management.Automation;

namespace OdcPowerShell.Parameters;

/// <summary>Names as users give them, with wildcards or without: what the service is asked for, and what fits.</summary>
internal sealed class NamePattern
{
    private const string Special = "*?[]`";
    private readonly WildcardPattern _pattern;

    /// <exception cref="OdcException">The wildcards are not valid.</exception>
    internal NamePattern(string text)
    {
        Text = text;
        IsLiteral = !WildcardPattern.ContainsWildcardCharacters(text);
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

    internal bool Fits(string? name) => _pattern.IsMatch(name ?? "");
}
