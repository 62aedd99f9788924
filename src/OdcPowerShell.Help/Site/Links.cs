using System.Text.RegularExpressions;

namespace OdcPowerShell.Help.Site;

/// <summary>The names of all pages: where one stands in a text, it is a link.</summary>
internal sealed partial class Links(IReadOnlySet<string> names)
{
    /// <summary>The text in pieces; those that are the name of another page than this one have it as their target.</summary>
    internal IEnumerable<(string Text, string? Target)> In(string text, string page)
    {
        var at = 0;
        foreach (var match in Name().Matches(text).Where(m => m.Value != page && names.Contains(m.Value)))
        {
            if (match.Index > at)
                yield return (text[at..match.Index], null);
            yield return (match.Value, match.Value);
            at = match.Index + match.Length;
        }

        if (at < text.Length)
            yield return (text[at..], null);
    }

    [GeneratedRegex(@"\b(about_Odc\w*|[A-Z][A-Za-z]+-Odc\w*)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Name();
}
