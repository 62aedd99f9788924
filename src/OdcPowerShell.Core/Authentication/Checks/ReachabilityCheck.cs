using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>Looks at the way to a tenant, step by step, without a credential: proxy, name, TLS, discovery and clock.</summary>
internal sealed class ReachabilityCheck(TenantAddress tenant, ClientOptions options)
{
    private static readonly TimeSpan SkewToTell = TimeSpan.FromMinutes(1);

    internal async Task<(IReadOnlyList<OdcCheck> Checks, Uri? TokenEndpoint)> RunAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var proxy = new ProxyRoute(options).For(tenant.Origin);
        List<OdcCheck> checks = [OdcCheck.Passed("Proxy", proxy is null ? "None: the connection is direct." : $"Through {proxy.Authority}.")];
        checks.Add(proxy is null ? await NameAsync(cancellationToken).ConfigureAwait(false) : OdcCheck.Skipped("Name", "The proxy looks the name up."));
        using var http = new HttpMessageInvoker(HttpHandlers.Open(options));
        try
        {
            var found = await Discovery.ReadAsync(tenant, http, caller, cancellationToken).ConfigureAwait(false);
            checks.Add(Tls());
            checks.Add(Clock(found.ServerTime));
            checks.Add(OdcCheck.Passed("Discovery", $"Tokens are issued at {Redactor.Whole(found.TokenEndpoint)}."));
            return (checks, found.TokenEndpoint);
        }
        catch (OdcException e)
        {
            var wasReached = e.Cause is not (OdcErrorCause.CertificateNotTrusted or OdcErrorCause.ConnectFailed or OdcErrorCause.DnsFailed
                or OdcErrorCause.ProxyRefused or OdcErrorCause.Timeout);
            checks.Add(wasReached ? Tls() : e.Cause == OdcErrorCause.CertificateNotTrusted ? OdcCheck.Failed("Tls", e) : OdcCheck.Skipped("Tls", "There was no connection."));
            checks.Add(OdcCheck.Failed("Discovery", e));
            return (checks, null);
        }
    }

    private async Task<OdcCheck> NameAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Not every platform can cancel a look-up, so it is left behind instead.
            var lookUp = Dns.GetHostAddressesAsync(tenant.Origin.DnsSafeHost);
            await Task.WhenAny(lookUp, Task.Delay(options.Timeout, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return lookUp.IsCompleted
                ? OdcCheck.Passed("Name", $"{tenant.Origin.Host} is {string.Join(", ", (await lookUp.ConfigureAwait(false)).Take(3))}.")
                : OdcCheck.Failed("Name", NetworkFailure.TimedOut(tenant.Origin, options.Timeout, new TimeoutException()));
        }
        catch (SocketException e)
        {
            return OdcCheck.Failed("Name", NetworkFailure.Explain(e, tenant.Origin, proxy: null));
        }
    }

    private OdcCheck Tls() => tenant.Origin.Scheme == Uri.UriSchemeHttps
        ? OdcCheck.Passed("Tls", $"The certificate of {tenant.Host} is trusted.")
        : OdcCheck.Skipped("Tls", "This machine only: no TLS.");

    private OdcCheck Clock(DateTimeOffset? serverTime)
    {
        if (serverTime is not { } server)
            return OdcCheck.Skipped("Clock", "The server does not tell its time.");
        var skew = options.Time.GetUtcNow() - server;
        if (skew.Duration() > SessionFactory.MaximumClockSkew)
            return OdcCheck.Failed("Clock", SessionFactory.Skewed(skew));
        return skew.Duration() > SkewToTell
            ? OdcCheck.Warning("Clock", FormattableString.Invariant($"This machine's clock is {skew.TotalSeconds:0} s off."), "Set the clock (w32tm /resync, or timedatectl set-ntp true).")
            : OdcCheck.Passed("Clock", FormattableString.Invariant($"Within {Math.Ceiling(skew.Duration().TotalSeconds):0} s of the server's."));
    }
}
