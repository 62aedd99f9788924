using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class NetworkFailureTests
{
    private static readonly Uri Users = new("https://acme.example:8443/api");
    private static readonly Uri Proxy = new("http://proxy.example:3128");

    [Theory]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.NoData)]
    [InlineData(SocketError.TryAgain)]
    [InlineData(SocketError.NoRecovery)]
    public void A_name_that_is_not_known(SocketError error)
    {
        var e = Explain(new SocketException((int)error), proxy: null);
        Assert.Equal((OdcErrorCause.DnsFailed, "The host name acme.example can't be resolved.", true), (e.Cause, e.Message, e.WasNotSent));
        Assert.Equal("Check the spelling of -Tenant (for example acme.outsystems.dev) and this machine's DNS.", e.RecommendedAction);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.HostUnreachable, true)]
    [InlineData(SocketError.NetworkUnreachable, true)]
    [InlineData(SocketError.HostDown, true)]
    [InlineData(SocketError.NetworkDown, true)]
    [InlineData(SocketError.AddressNotAvailable, true)]
    [InlineData(SocketError.ConnectionReset, false)]
    [InlineData(SocketError.TimedOut, false)]
    public void A_connection_that_was_never_made_carried_no_request(SocketError error, bool wasNotSent)
    {
        var inner = new SocketException((int)error);
        var e = Explain(inner, proxy: null);
        Assert.Equal((OdcErrorCause.ConnectFailed, $"The connection to acme.example:8443 failed: {inner.Message}", wasNotSent), (e.Cause, e.Message, e.WasNotSent));
        Assert.Equal("Check that the host can be reached from here (network, firewall, VPN), then try again.", e.RecommendedAction);
        Assert.Same(inner, e.InnerException!.InnerException);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.HostNotFound, false)]
    public void Behind_a_proxy_it_is_the_proxys_doing(SocketError error, bool wasNotSent)
    {
        var inner = new SocketException((int)error);
        var e = Explain(inner, Proxy);
        Assert.Equal((OdcErrorCause.ProxyRefused, $"The proxy proxy.example:3128 did not let the connection to acme.example:8443 through: {inner.Message}", wasNotSent), (e.Cause, e.Message, e.WasNotSent));
        Assert.Equal("Check the proxy address and its rules (Connect-Odc -Proxy, or the environment variables HTTPS_PROXY and NO_PROXY).", e.RecommendedAction);
    }

    [Fact]
    public void A_certificate_that_is_not_trusted_is_told_before_anything_else()
    {
        var e = Explain(new AuthenticationException("Not trusted.", new IOException("deeper")), Proxy);
        Assert.Equal((OdcErrorCause.CertificateNotTrusted, "The certificate of acme.example:8443 is not trusted: Not trusted.", true), (e.Cause, e.Message, e.WasNotSent));
        Assert.Equal("Check the host name and this machine's clock. If a proxy inspects TLS, add its root certificate to this machine's trust store.", e.RecommendedAction);
    }

    [Theory]
    [InlineData(WebExceptionStatus.TrustFailure, OdcErrorCause.CertificateNotTrusted, true)]
    [InlineData(WebExceptionStatus.SecureChannelFailure, OdcErrorCause.CertificateNotTrusted, true)]
    [InlineData(WebExceptionStatus.NameResolutionFailure, OdcErrorCause.DnsFailed, true)]
    [InlineData(WebExceptionStatus.ConnectFailure, OdcErrorCause.ConnectFailed, true)]
    [InlineData(WebExceptionStatus.ProxyNameResolutionFailure, OdcErrorCause.ConnectFailed, true)]
    [InlineData(WebExceptionStatus.ReceiveFailure, OdcErrorCause.ConnectFailed, false)]
    public void The_older_runtimes_exceptions_mean_the_same(WebExceptionStatus status, OdcErrorCause cause, bool wasNotSent)
    {
        var e = Explain(new WebException("It failed.", status), proxy: null);
        Assert.Equal((cause, wasNotSent), (e.Cause, e.WasNotSent));
        Assert.True(cause == OdcErrorCause.DnsFailed || e.Message.EndsWith(": It failed.", StringComparison.Ordinal), e.Message);
    }

#if !NETFRAMEWORK
    [Theory]
    [InlineData(HttpRequestError.ConnectionError, true)]
    [InlineData(HttpRequestError.NameResolutionError, true)]
    [InlineData(HttpRequestError.SecureConnectionError, true)]
    [InlineData(HttpRequestError.ProxyTunnelError, true)]
    [InlineData(HttpRequestError.ResponseEnded, false)]
    public void The_newer_runtimes_own_reason_counts(HttpRequestError error, bool wasNotSent) =>
        Assert.Equal(wasNotSent, NetworkFailure.Explain(new HttpRequestException(error, "x"), Users, proxy: null).WasNotSent);
#endif

    [Fact]
    public void A_time_out_says_how_long_it_waited()
    {
        var e = NetworkFailure.TimedOut(Users, TimeSpan.FromSeconds(1.5), new TimeoutException());
        Assert.Equal((OdcErrorCause.Timeout, "acme.example:8443 did not answer within 1.5 seconds.", false), (e.Cause, e.Message, e.WasNotSent));
        Assert.Equal("Check the network and the proxy; Connect-Odc -TimeoutSec allows more time for a slow service.", e.RecommendedAction);
    }

    private static OdcException Explain(Exception inner, Uri? proxy) => NetworkFailure.Explain(new HttpRequestException("outer", inner), Users, proxy);
}
