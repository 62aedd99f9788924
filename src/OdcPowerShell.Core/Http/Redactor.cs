using System.Text.RegularExpressions;

namespace OdcPowerShell.Http;

/// <summary>Takes out of texts what must not be shown: tokens, secrets and the signatures of pre-signed URLs.</summary>
internal static class Redactor
{
    private const string Hidden = "***";

    // The patterns take linear time; the limit is wide, because a busy machine can stop a thread for long.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly Regex NamedValue = new(
        """(?<name>(?:access_token|refresh_token|id_token|client_?secret|authToken|password|secret|activationCode|X-Amz-[A-Za-z-]+|sig|signature)["']?\s*[:=]\s*)(?<value>"(?:[^"\\]|\\.)*"?|'[^']*'?|[^"'&\s,}]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);

    private static readonly Regex Token = new(
        """\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}|\bBearer\s+[A-Za-z0-9._~+/=-]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);

    /// <summary>The first 200 characters of a body, on one line, without secrets.</summary>
    internal static string Excerpt(string body)
    {
        var head = body.Length > 4000 ? body.Substring(0, 4000) : body;
        var clean = Clean(head).Replace('\r', ' ').Replace('\n', ' ').Trim();
        return clean.Length > 200 ? clean.Substring(0, 200) + "…" : clean;
    }

    internal static string Clean(string text)
    {
        try
        {
            return Token.Replace(NamedValue.Replace(text, "${name}" + Hidden), Hidden);
        }
        catch (RegexMatchTimeoutException)
        {
            return Hidden;
        }
    }

    /// <summary>Path and query as a log may show them.</summary>
    internal static string Address(Uri uri) => Clean(uri.PathAndQuery);
}
