using System.Net;

namespace OdcPowerShell.Http;

/// <summary>The address of a proxy, apart from the user and the password that may stand in it.</summary>
internal static class ProxyAddress
{
    private static readonly IReadOnlyList<string> Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>An address as people write it: host:port is http.</summary>
    /// <exception cref="OdcException">It is no address of a proxy.</exception>
    internal static (Uri Address, NetworkCredential? Credential) Parse(Uri given)
    {
        var text = given.OriginalString.Trim();
        if (Uri.TryCreate(text.Contains("://") ? text : "http://" + text, UriKind.Absolute, out var uri)
            && Schemes.Contains(uri.Scheme, StringComparer.Ordinal) && uri.Host.Length > 0 && uri.HostNameType is not UriHostNameType.Unknown)
        {
            return (Plain(uri), Credential(uri));
        }

        throw new OdcException(
            OdcErrorCause.InvalidRequest, $"'{Redactor.Excerpt(text.Substring(text.LastIndexOf('@') + 1))}' is not the address of a proxy.",
            "Specify host and port, such as proxy.example:8080 or http://proxy.example:8080.");
    }

    /// <summary>The address without user and password: what the runtime does not know, it can't print.</summary>
    internal static Uri Plain(Uri uri) => uri.UserInfo.Length == 0 ? uri : new UriBuilder(uri) { UserName = "", Password = "" }.Uri;

    internal static NetworkCredential? Credential(Uri uri)
    {
        if (uri.UserInfo.Length == 0)
            return null;
        var parts = uri.UserInfo.Split([':'], 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
