namespace OdcPowerShell.Binding;

/// <summary>A name as a user types it, with or without wildcards: the text to search for, and the names that match.</summary>
internal sealed class NamePattern
{
    private const string Special = "*?[]`";

    // Longer than any name. A whole file as a pattern would take minutes to compare.
    private const int Longest = 1000;
    private readonly WildcardPattern _pattern;

    /// <exception cref="OdcException">The wildcards are not valid, or the text is too long for a name.</exception>
    internal NamePattern(string text)
    {
        if (text.Length > Longest)
            throw new OdcException(OdcErrorCause.InvalidRequest, $"A name of {text.Length} characters was specified.", $"Names have {Longest} characters at most.");
        IsLiteral = !WildcardPattern.ContainsWildcardCharacters(text);
        Text = IsLiteral ? WildcardPattern.Unescape(text) : text;
        _pattern = new WildcardPattern(NameText.Composed(text), WildcardOptions.IgnoreCase);
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

    /// <summary>Whether it has no wildcards, so that a name that is not found is an error.</summary>
    internal bool IsLiteral { get; }

    /// <summary>The longest part that all spellings of the name have in common, for a filter by a part of the name; null if there is none.</summary>
    internal string? Contained => (IsLiteral ? [Text] : Text.Contains('[') ? [] : Text.Split(Special.ToCharArray())).SelectMany(Alike).OrderByDescending(part => part.Length).FirstOrDefault() is { Length: > 0 } part ? part : null;

    // The service compares accents as they are written.
    private static IEnumerable<string> Alike(string part) =>
        NameText.Forms(part).Skip(1).Any() ? System.Text.RegularExpressions.Regex.Split(NameText.Composed(part), "[^\u0000-\u007F]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) : [part];

    /// <summary>Whether a name matches, or is the pattern itself: Tab inserts names without escaping their brackets.</summary>
    internal bool Fits(string? name) => _pattern.IsMatch(NameText.Composed(name ?? "")) || NameText.IsSame(name, Text);
}
