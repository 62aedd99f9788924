using System.Net;

namespace OdcPowerShell.Http;

/// <summary>Which proxy a request takes: the one that was specified, or the system's. A password in an address is sent to the proxy only.</summary>
internal sealed class ProxyRoute : IWebProxy, ICredentials
{
    private static readonly IReadOnlyList<string> Variables = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    private readonly IWebProxy? _proxy;
    private readonly ICredentials? _specified;

    internal ProxyRoute(ClientOptions options)
        : this(options.Proxy is { } address ? new WebProxy(ProxyAddress.Plain(address)) : System, options)
    {
    }

    internal ProxyRoute(IWebProxy? proxy, ClientOptions options)
    {
        _proxy = proxy;
        _specified = options.ProxyCredential ?? (options.Proxy is { } address ? ProxyAddress.Credential(address) : null)
            ?? (options.UsesDefaultProxyCredential ? CredentialCache.DefaultCredentials : null);
    }

    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException("The credential of a proxy comes from the connection's options.");
    }

#if NETSTANDARD2_0
    private static IWebProxy? System => WebRequest.DefaultWebProxy;
#else
    private static IWebProxy? System => HttpClient.DefaultProxy;
#endif

    /// <summary>The proxy for an address, without user and password; null for a direct connection.</summary>
    internal Uri? For(Uri uri) => IsBypassed(uri) ? null : GetProxy(uri);

    public Uri? GetProxy(Uri destination) => _proxy?.GetProxy(destination) is { } proxy && proxy != destination ? ProxyAddress.Plain(proxy) : null;

    // A proxy that names the target itself means: none.
    public bool IsBypassed(Uri host) => _proxy is null || (_proxy is not WebProxy && IsSwitchedOff()) || _proxy.IsBypassed(host) || GetProxy(host) is null;

    /// <summary>The credential for a proxy, of which the runtime knows the plain address only.</summary>
    public NetworkCredential? GetCredential(Uri uri, string authType) => (_specified ?? (InVariable(uri) is { } address ? ProxyAddress.Credential(address) : null) ?? _proxy?.Credentials)?.GetCredential(uri, authType);

    /// <summary>The variable that names this proxy, with the user and the password in it.</summary>
    private static Uri? InVariable(Uri proxy) => Variables
        .Select(Environment.GetEnvironmentVariable)
        .Select(value => Uri.TryCreate(value is null || value.Contains("://") ? value : "http://" + value, UriKind.Absolute, out var address) ? address : null)
        .FirstOrDefault(address => address is { UserInfo.Length: > 0 } && string.Equals(address.Host, proxy.Host, StringComparison.OrdinalIgnoreCase) && address.Port == proxy.Port);

    // curl and others take it for "no proxy at all"; the runtime does not.
    private static bool IsSwitchedOff() => (Environment.GetEnvironmentVariable("no_proxy") ?? Environment.GetEnvironmentVariable("NO_PROXY"))?.Split(',').Any(e => e.Trim() == "*") == true;
}

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
