using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace OdcPowerShell.Http;

/// <summary>Says what a failed connection means, from the exceptions of both runtimes.</summary>
internal static class NetworkFailure
{
    internal static bool IsCancellation(Exception e) => e is OperationCanceledException or ObjectDisposedException or HttpRequestException or IOException;

    internal static OdcException TimedOut(Uri uri, TimeSpan timeout, Exception e) => new(
        OdcErrorCause.Timeout,
        FormattableString.Invariant($"{uri.Authority} did not answer within {timeout.TotalSeconds:0.#} seconds."),
        "Check the network and the proxy; a slow service can be given more time with Connect-Odc -TimeoutSec.",
        e);

    internal static OdcException Explain(Exception e, Uri uri, Uri? proxy)
    {
        var causes = Chain(e).ToList();
        var neverLeft = causes.Any(IsBeforeSending);
        var reason = causes[causes.Count - 1].Message;
        if (causes.Any(c => c is AuthenticationException || c is WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure }))
        {
            return new OdcException(
                OdcErrorCause.CertificateNotTrusted,
                $"The certificate of {uri.Authority} is not trusted: {causes.OfType<AuthenticationException>().FirstOrDefault()?.Message ?? reason}",
                "Check the host name and this machine's clock. If a proxy inspects TLS, add its root certificate to this machine's trust store.",
                e) { NeverLeft = true };
        }

        if (proxy is not null)
        {
            return new OdcException(
                OdcErrorCause.ProxyRefused,
                $"The proxy {proxy.Authority} did not let the connection to {uri.Authority} through: {reason}",
                "Check the proxy address and its rules (Connect-Odc -Proxy, or the environment variables HTTPS_PROXY and NO_PROXY).",
                e) { NeverLeft = neverLeft };
        }

        if (causes.Any(IsNameFailure))
        {
            return new OdcException(
                OdcErrorCause.DnsFailed,
                $"The host name {uri.Host} can't be resolved.",
                "Check the spelling of -Tenant (for example acme.outsystems.dev) and this machine's DNS.",
                e) { NeverLeft = true };
        }

        return new OdcException(
            OdcErrorCause.ConnectFailed,
            $"The connection to {uri.Authority} failed: {reason}",
            "Check that the host can be reached from here (network, firewall, VPN), then try again.",
            e) { NeverLeft = neverLeft };
    }

    private static bool IsNameFailure(Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }
        || e is WebException { Status: WebExceptionStatus.NameResolutionFailure };

    // A connection that was never made can't have carried a request; one that broke may have.
    private static bool IsBeforeSending(Exception e) => e switch
    {
        SocketException socket => socket.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable
            or SocketError.HostDown or SocketError.NetworkDown or SocketError.AddressNotAvailable,
        WebException web => web.Status is WebExceptionStatus.ConnectFailure or WebExceptionStatus.ProxyNameResolutionFailure,
#if !NETSTANDARD2_0
        HttpRequestException http => http.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
#endif
        _ => false,
    };

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
