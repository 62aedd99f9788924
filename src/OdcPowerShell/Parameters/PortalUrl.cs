using System.Text.RegularExpressions;

namespace OdcPowerShell.Parameters;

/// <summary>The address of a page of the ODC Portal, with the key of what it shows.</summary>
internal sealed record PortalUrl(string Host, string Key)
{
    private const string Guid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private const int Longest = 4000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The key behind the word for this kind of object; without the word, the last key. Null where the URL has none.</summary>
    internal static PortalUrl? Read(string text, ResourceType info)
    {
        // The search takes the square of the length.
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var url))
            return null;
        var keys = Regex.Matches(text, $"((?<word>[^/?#=&]+)[/=])?(?<key>{Guid})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit).Cast<Match>().ToList();
        var found = keys.LastOrDefault(m => info.Segments.Contains(m.Groups["word"].Value, StringComparer.OrdinalIgnoreCase)) ?? keys.LastOrDefault();
        return found is null ? null : new PortalUrl(url.Host, System.Guid.Parse(found.Groups["key"].Value).ToString("D"));
    }
}
