using System.Net;

namespace OdcPowerShell.Http;

/// <summary>
/// The pooled connections of one tenant, under the exchange: its time limit, whole answer and log line. The sign-in uses the exchange alone, so that it
/// never waits for itself. <see cref="Authentication.SignIn"/> puts the other handlers around it: token, rate budget, fresh token. <see cref="Retry"/> is around them all.
/// </summary>
internal static class HttpHandlers
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
            // A request passes twice when its token was rejected.
            if (request.Headers.UserAgent.Count == 0)
                request.Headers.UserAgent.ParseAdd(agent);
            return base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>How a connection talks to its tenant.</summary>
internal sealed record ClientOptions
{
    /// <summary>Limit of one request with its answer.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a request that may be repeated is repeated.</summary>
    internal int MaximumRetries { get; init; } = 4;

    /// <summary>The pause before the first repetition; each further one is twice as long, up to 8 seconds.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The part of the rate limits that this connection may use.</summary>
    internal double RateShare { get; init; } = 1;

    /// <summary>Limit of making a connection, name look-up and TLS included: a host that does not answer at all is reported sooner than a slow one.</summary>
    internal TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A proxy instead of the system's.</summary>
    internal Uri? Proxy { get; init; }

    /// <summary>What the proxy wants to know; null takes what stands in its address.</summary>
    internal NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Whether the proxy gets the sign-in of the process.</summary>
    internal bool UsesDefaultProxyCredential { get; init; }

    internal string UserAgent { get; init; } = "OdcPowerShell";

    internal TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// The sockets of one connection, opened by the first request. Close lets go of them; a request that comes later, from a runspace that
/// still has the connection, opens new ones.
/// </summary>
internal sealed class SocketPool(Func<HttpMessageHandler> open) : HttpMessageHandler
{
    private readonly object _gate = new();
    private HttpMessageInvoker? _sockets;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpMessageInvoker sockets;
        lock (_gate)
            sockets = _sockets ??= new HttpMessageInvoker(open());
        return sockets.SendAsync(request, cancellationToken);
    }

    /// <summary>Closes the sockets; requests under way end first.</summary>
    internal void Close()
    {
        HttpMessageInvoker? sockets;
        lock (_gate)
            (sockets, _sockets) = (_sockets, null);
        sockets?.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        Close();
        base.Dispose(disposing);
    }
}
