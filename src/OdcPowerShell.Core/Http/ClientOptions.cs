using System.Net;

namespace OdcPowerShell.Http;

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

    /// <summary>Limit of making a connection, name look-up and TLS included: a host that does not answer at all is told before the time of a slow one.</summary>
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
