using System.Globalization;
using System.Net;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>A hostname as users write it, and as DNS and the service have it.</summary>
internal static class Hostnames
{
    private const int Longest = 253;
    private const int LongestLabel = 63;

    private static IdnMapping Idn => new();

    /// <summary>The hostname as it is sent: in lower case, without the dot at the end, and with other letters than a to z in the form xn--….</summary>
    /// <exception cref="OdcException">It is not the full name of one host.</exception>
    internal static string Check(string text)
    {
        var typed = text.Trim();
        if (Part(typed) is { } reason)
            throw Wrong(typed, reason.Why, reason.Instead);
        var ascii = ToAscii(typed.TrimEnd('.') is { Length: > 0 } bare && typed.Length - bare.Length < 2 ? bare : typed);
        if (ascii.Length > Longest)
            throw Wrong(typed, FormattableString.Invariant($"it has {ascii.Length} characters"), FormattableString.Invariant($"A hostname has at most {Longest}."));
        var labels = ascii.Split('.');
        if (labels.FirstOrDefault(label => !IsLabel(label)) is { } label)
        {
            throw Wrong(
                typed,
                label.Length == 0 ? "it has an empty part" : label.Length > LongestLabel ? FormattableString.Invariant($"a part has more than {LongestLabel} characters") : $"'{Redactor.Excerpt(label)}' is not a valid part",
                "The parts between the dots have letters, digits and hyphens, and no hyphen at their beginning or end.");
        }

        if (labels.Length == 1)
            throw Wrong(typed, "it has no domain", $"Specify the full hostname, such as {ascii}.acme.com.");
        return labels[labels.Length - 1].All(IsDigit) ? throw Wrong(typed, "its last part is a number", "Specify a hostname such as apps.acme.com.") : ascii;
    }

    /// <summary>The hostname with its own letters instead of xn--….</summary>
    internal static string? Readable(string? hostname)
    {
        try
        {
            return hostname is null ? null : Idn.GetUnicode(hostname);
        }
        catch (ArgumentException)
        {
            return hostname;
        }
    }

    // What people paste instead of a hostname, and what to specify then.
    private static (string Why, string Instead)? Part(string text)
    {
        if (text.Any(char.IsWhiteSpace))
            return ("it contains spaces", "Specify one hostname, such as apps.acme.com.");
        if (text.Contains("://"))
            return ("it is a URL", Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0 ? $"Specify only the hostname: {url.Host}." : "Specify only the hostname, such as apps.acme.com.");
        if (text.IndexOfAny(['/', '\\', '?', '#']) is >= 0 and var path)
            return ("it has a path", path > 0 ? $"Specify only the hostname: {text.Substring(0, path)}." : "Specify only the hostname, such as apps.acme.com.");
        if (text.IndexOf('@') >= 0)
            return ("it is an e-mail address", $"Specify a hostname, such as apps.{text.Substring(text.LastIndexOf('@') + 1)}.");
        if (IPAddress.TryParse(text.Trim('[', ']'), out var address) && (address.ToString() == text || text.IndexOf(':') >= 0))
            return ("it is an IP address", "Specify a hostname, such as apps.acme.com.");
        if (text.IndexOf(':') is >= 0 and var port)
            return ("it has a port", $"Specify only the hostname: {text.Substring(0, port)}.");
        return text.IndexOf('*') >= 0 ? ("it is a wildcard", "A domain is one hostname: create a domain for each, such as apps.acme.com.") : null;
    }

    private static string ToAscii(string text)
    {
        try
        {
            var ascii = Idn.GetAscii(text.ToLowerInvariant());
            // A form xn--… without a meaning is not a hostname either.
            Idn.GetUnicode(ascii);
            return ascii;
        }
        catch (ArgumentException)
        {
            // The checks of its parts say what is wrong with a text of these letters.
            return text.All(c => c < 128) && text.IndexOf("xn--", StringComparison.OrdinalIgnoreCase) < 0
                ? text.ToLowerInvariant()
                : throw Wrong(text, "it has characters or parts that a hostname can't have", "Check the spelling.");
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[label.Length - 1] != '-' && label.All(c => c is '-' or (>= 'a' and <= 'z') || IsDigit(c));

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static OdcException Wrong(string text, string why, string instead) => new(OdcErrorCause.InvalidRequest, $"'{Redactor.Excerpt(text)}' is not a hostname: {why}.", instead);
}
