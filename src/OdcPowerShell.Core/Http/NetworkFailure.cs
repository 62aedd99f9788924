using System.ComponentModel;
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
        "Check the network and the proxy; Connect-Odc -TimeoutSec allows more time for a slow service.",
        e);

    /// <summary>No connection was made in its time, so nothing was sent.</summary>
    internal static OdcException NotReached(Uri uri, TimeSpan timeout, Uri? proxy, Exception e) => new(
        OdcErrorCause.Timeout,
        FormattableString.Invariant($"There was no connection to {uri.Authority}{(proxy is null ? "" : " through the proxy " + proxy.Authority)} within {timeout.TotalSeconds:0.#} seconds."),
        "Check that the host can be reached from here: name look-up (DNS), firewall, VPN and proxy.",
        e) { WasNotSent = true };

    internal static OdcException Explain(Exception e, Uri uri, Uri? proxy)
    {
        var causes = Chain(e).ToList();
        var wasNotSent = causes.Any(IsBeforeSending);
        var reason = causes[causes.Count - 1].Message;
        if (causes.Any(IsTls))
            return Tls(causes, uri, reason, e);
        if (proxy is not null && (wasNotSent || causes.Any(IsNameFailure)))
        {
            return new OdcException(
                OdcErrorCause.ProxyRefused,
                $"The proxy {proxy.Authority} did not let the connection to {uri.Authority} through: {reason}",
                reason.Contains("407") ? "The proxy wants a sign-in. " + InFront.ProxySignIn
                    : "Check the proxy address and its rules (Connect-Odc -Proxy, or the environment variables HTTPS_PROXY and NO_PROXY).",
                e) { WasNotSent = wasNotSent };
        }

        if (causes.Any(IsNameFailure))
        {
            return new OdcException(
                OdcErrorCause.DnsFailed,
                $"The host name {uri.Host} can't be resolved.",
                "Check the spelling of -Tenant (for example acme.outsystems.dev) and this machine's DNS.",
                e) { WasNotSent = true };
        }

        return new OdcException(
            OdcErrorCause.ConnectFailed,
            $"The connection to {uri.Authority}{(proxy is null ? "" : " through the proxy " + proxy.Authority)} failed: {reason}",
            "Check that the host can be reached from here (network, firewall, VPN), then try again.",
            e) { WasNotSent = wasNotSent };
    }

    private static bool IsTls(Exception e) =>
        e is AuthenticationException or WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure };

    // Where both sides did not even agree on how to talk, no certificate was looked at: the system's own error stands beneath.
    private static bool IsProtocol(Exception e) =>
        e is Win32Exception and not SocketException || e.GetType().Name == "SslException" || (e is AuthenticationException && e.Message.Contains("frame"));

    private static OdcException Tls(IReadOnlyList<Exception> causes, Uri uri, string reason, Exception e) => causes.Any(IsProtocol)
        ? new OdcException(
            OdcErrorCause.ConnectFailed,
            $"The TLS connection to {uri.Authority} failed: {reason}",
            "Check address and port. The host, or a proxy that inspects TLS, may not speak TLS 1.2, or may want a certificate of this machine.",
            e) { WasNotSent = true }
        : new OdcException(
            OdcErrorCause.CertificateNotTrusted,
            $"The certificate of {uri.Authority} is not trusted: {causes.OfType<AuthenticationException>().FirstOrDefault()?.Message ?? reason}",
            "Check the host name and this machine's clock. If a proxy inspects TLS, add its root certificate to this machine's trust store.",
            e) { WasNotSent = true };

    private static bool IsNameFailure(Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }
        || e is WebException { Status: WebExceptionStatus.NameResolutionFailure };

    // A connection that was never made can't have carried a request; one that broke may have.
    private static bool IsBeforeSending(Exception e) => e switch
    {
        SocketException socket => socket.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable
            or SocketError.HostDown or SocketError.NetworkDown or SocketError.AddressNotAvailable,
        WebException web => web.Status is WebExceptionStatus.ConnectFailure or WebExceptionStatus.ProxyNameResolutionFailure,
#if NETSTANDARD2_0
        // Only the newer runtimes have a code for it. Their messages are in English everywhere.
        HttpRequestException http => http.Message.Contains("proxy tunnel"),
#else
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

/// <summary>
/// Errors that do not come from the service that was asked: a proxy, a firewall, an IP filter or a captive portal answered in its place. They
/// are reported as that, and never as a missing permission or a wrong secret.
/// </summary>
internal static class InFront
{
    private const string NotThePermission = "It is not the API client's permissions or secret that it objects to.";
    internal const string AccessFilter = "RBAC: access denied";

    /// <summary>What to do about a proxy that wants a sign-in.</summary>
    internal const string ProxySignIn = "Specify the proxy's credential with Connect-Odc -ProxyCredential, or -ProxyUseDefaultCredentials for the Windows sign-in.";

    /// <summary>Why, in words, and what to do.</summary>
    /// <param name="what">What was asked, such as a method and a path.</param>
    /// <param name="service">Who should have answered.</param>
    /// <param name="response">The answer.</param>
    /// <param name="excerpt">The first characters of its body, redacted.</param>
    internal static (OdcErrorCause Cause, string Message, string Action) Explain(string what, string service, HttpResponseMessage response, string excerpt)
    {
        var status = (int)response.StatusCode;
        var type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        var leads = response.Headers.Location is { } location ? $", leading to {Redactor.Whole(location)}" : "";
        var (cause, action) = Judge(status, excerpt, service);
        return (cause, $"{what}: something in front of {service} answered ({status}, {type}{leads}){(excerpt.Length == 0 ? "." : ": " + excerpt)}", action);
    }

    private static (OdcErrorCause Cause, string Action) Judge(int status, string excerpt, string service) => status switch
    {
        407 => (OdcErrorCause.ProxyRefused, "The proxy wants a sign-in. " + ProxySignIn),
        429 => (OdcErrorCause.Throttled, "Wait a minute, then try again."),
        408 or >= 500 => (OdcErrorCause.Unavailable, $"Try again later. If it stays so, check the proxy or gateway between this machine and {service}."),
        _ when excerpt.StartsWith(AccessFilter, StringComparison.OrdinalIgnoreCase) => (OdcErrorCause.UnexpectedResponse,
            "An IP filter of ODC, or a gateway, denies this machine's address: have it allowed (ODC Portal: IP filters), or run from an address that is. " + NotThePermission),
        >= 300 and < 400 => (OdcErrorCause.UnexpectedResponse,
            "A sign-in page of the network or a proxy may have answered, or the tenant's address is wrong: open the address in a browser on this machine, and check -Tenant."),
        404 or 410 => (OdcErrorCause.UnexpectedResponse,
            "No API answers there. Has the organization's domain changed (then connect with the new one), or is this API not available to the tenant?"),
        _ => (OdcErrorCause.UnexpectedResponse, $"Show this text to the administrator of the proxy, firewall or IP filter between this machine and {service}. " + NotThePermission),
    };
}
