using System.Net;

namespace OdcPowerShell.Http;

/// <summary>
/// The pooled connections of one tenant and the order of the handlers, from the outside in: retry, rate budget, token, exchange (time limit,
/// whole answer, log line), sockets. The sign-in uses the exchange alone, so that it never waits for itself.
/// </summary>
internal static class Channel
{
    /// <summary>The inner half, without a token: discovery and token requests pass it, and the API's requests after their own handlers.</summary>
    internal static ExchangeHandler Open(ClientOptions options)
    {
        var route = new ProxyRoute(options);
        var sockets = new SocketPool(() => Sockets(options, route, Compressions));
        return new ExchangeHandler(new AgentHandler(options.UserAgent, sockets), options.Timeout, route.For) { Sockets = sockets, ConnectTimeout = options.ConnectTimeout };
    }

    /// <summary>Connections for pre-signed URLs. Bodies come as they are stored: a part of a compressed one could not be continued.</summary>
    internal static (HttpMessageInvoker Http, SocketPool Sockets) OpenStorage(ClientOptions options)
    {
        var sockets = new SocketPool(() => Sockets(options, new ProxyRoute(options), DecompressionMethods.None));
        return (new HttpMessageInvoker(new AgentHandler(options.UserAgent, sockets)), sockets);
    }

    internal static Uri? ProxyFor(Uri uri, Uri? proxy) => new ProxyRoute(new ClientOptions { Proxy = proxy }).For(uri);

#if NETSTANDARD2_0
    private const DecompressionMethods Compressions = DecompressionMethods.GZip | DecompressionMethods.Deflate;

    private static HttpClientHandler Sockets(ClientOptions options, ProxyRoute route, DecompressionMethods compressions)
    {
        // Older systems name the protocols that they offer, and leave out those that the service takes; 0 leaves the choice to the system.
        var offered = ServicePointManager.SecurityProtocol;
        if ((int)offered != 0 && !offered.HasFlag(SecurityProtocolType.Tls12))
            ServicePointManager.SecurityProtocol = offered | SecurityProtocolType.Tls12;
        return new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = compressions,
            MaxConnectionsPerServer = 32,
            Proxy = route,
        };
    }
#else
    private const DecompressionMethods Compressions = DecompressionMethods.All;

    private static SocketsHttpHandler Sockets(ClientOptions options, ProxyRoute route, DecompressionMethods compressions) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = compressions,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = options.ConnectTimeout < options.Timeout ? options.ConnectTimeout : options.Timeout,
        Proxy = route,
    };
#endif

    private sealed class AgentHandler(string agent, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // A request passes twice when its token was refused.
            if (request.Headers.UserAgent.Count == 0)
                request.Headers.UserAgent.ParseAdd(agent);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
