using System.Text.RegularExpressions;

namespace OdcPowerShell.Http;

/// <summary>Takes out of texts what must not be shown: tokens, secrets, user names and passwords of URLs, and the signatures of pre-signed URLs.</summary>
internal static class Redactor
{
    internal const string Hidden = "***";

    // The patterns take linear time; the limit is wide, because a busy machine can stop a thread for long.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly Regex NamedValue = new(
        """(?<name>(?:token|client_?secret|secret[_-]?(?:key)?|api[_-]?key|access[_-]?key|private[_-]?key|pass(?:word|wd|phrase)|activationCode|X-Amz-[A-Za-z-]+|sig|signature)["']?\s*[:=]\s*)(?<value>"(?:[^"\\]|\\.)*"?|'[^']*'?|[^"'&\s,}]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);

    private static readonly Regex Header = new(
        """(?<name>\bauthorization["']?\s*[:=]\s*["']?)(?:(?:Basic|Bearer|Digest|Negotiate|NTLM)\s+)?[^"'\s,}]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);

    private static readonly Regex Token = new(
        """\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}|\bBearer\s+[A-Za-z0-9._~+/=-]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);

    private static readonly Regex UserInfo = new("""(?<=\w://)[^\s/?#"'<>]*@""", RegexOptions.CultureInvariant, Limit);

    // The parameters with which a URL is signed, or lets its holder in.
    private static readonly Regex Signed = new(
        """(?<name>[?&](?:X-Amz-[A-Za-z-]+|X-Goog-[A-Za-z-]+|sig|signature|policy|AWSAccessKeyId|Key-Pair-Id|(?:[a-z]+_)?token|code|api_?key)=)[^&\s"'<>]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);

    /// <summary>The first 200 characters of a body, on one line, without secrets.</summary>
    internal static string Excerpt(string body) => Excerpt(body, 200);

    internal static string Excerpt(string body, int length)
    {
        var head = body.Length > 4000 ? body.Substring(0, 4000) : body;
        var clean = Clean(head).Replace('\r', ' ').Replace('\n', ' ').Trim();
        return clean.Length > length ? clean.Substring(0, length) + "…" : clean;
    }

    internal static string Clean(string text) => !CanHaveSecrets(text) ? text : Try(text, t => Token.Replace(NamedValue.Replace(Header.Replace(Addresses(t), "${name}" + Hidden), "${name}" + Hidden), Hidden));

    /// <summary>The text without the user names, passwords and signatures of the URLs in it; everything else is left as it is.</summary>
    internal static string CleanAddresses(string text) => text.IndexOf("://", StringComparison.Ordinal) < 0 || !CanHaveSecrets(text) ? text : Try(text, Addresses);

    /// <summary>An exception that may be kept as the reason of another: its text, and that of its own reasons, shows no password of a URL.</summary>
    internal static Exception? Safe(Exception? e)
    {
        if (e is null or OdcException)
            return e;
        var text = e.ToString();
        return CleanAddresses(text) == text ? e : new HttpRequestException(CleanAddresses(e.Message), Safe(e.InnerException));
    }

    /// <summary>Path and query as a log may show them.</summary>
    internal static string Address(Uri uri) => Clean(uri.PathAndQuery);

    /// <summary>A whole address as a message may show it: without user and password, and without its query.</summary>
    internal static string Whole(Uri uri) => uri.IsAbsoluteUri ? $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath}" : Excerpt(uri.OriginalString.Split('?')[0]);

    /// <summary>Whether any pattern can match. Most paths have nothing that one needs, and the patterns take longer to make than a request.</summary>
    internal static bool CanHaveSecrets(string text)
    {
        // Beyond ASCII some characters count as letters of the words, such as the sign of Kelvin.
        foreach (var c in text)
        {
            if (c > '\x7F')
                return true;
        }

        return Has("eyJ") || Has("bearer") || Has("@") || ((Has("=") || Has(":")) && HasName());

        bool HasName() => Has("token") || Has("secret") || Has("key") || Has("pass") || Has("code") || Has("amz") || Has("goog") || Has("sig") || Has("policy") || Has("authorization");

        bool Has(string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static string Addresses(string text) => Signed.Replace(UserInfo.Replace(text, Hidden + "@"), "${name}" + Hidden);

    private static string Try(string text, Func<string, string> clean)
    {
        try
        {
            return clean(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return Hidden;
        }
    }
}
