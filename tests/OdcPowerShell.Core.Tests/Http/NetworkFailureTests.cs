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

    /// <summary>Where both sides did not agree on how to talk, no certificate was looked at.</summary>
    [Fact]
    public void A_protocol_that_does_not_fit_is_no_certificate()
    {
        foreach (var inner in new Exception[] { new AuthenticationException("No.", new System.ComponentModel.Win32Exception(1, "The token is not valid.")), new AuthenticationException("Cannot determine the frame size.") })
        {
            var e = Explain(inner, proxy: null);
            Assert.Equal((OdcErrorCause.ConnectFailed, $"The TLS connection to acme.example:8443 failed: {(inner.InnerException ?? inner).Message}", true), (e.Cause, e.Message, e.WasNotSent));
            Assert.Equal("Check address and port. The host, or a proxy that inspects TLS, may not speak TLS 1.2, or may want a certificate of this machine.", e.RecommendedAction);
        }
    }

    [Fact]
    public void A_proxy_that_wants_a_sign_in_is_told_with_its_parameter()
    {
        var e = NetworkFailure.Explain(new HttpRequestException("outer", new SocketException((int)SocketError.ConnectionRefused)), Users, Proxy);
        Assert.DoesNotContain("wants a sign-in", e.RecommendedAction, StringComparison.Ordinal);
        var refused = NetworkFailure.Explain(new WebException("The proxy answered 407.", WebExceptionStatus.ConnectFailure), Users, Proxy);
        Assert.Equal("The proxy wants a sign-in. Specify the proxy's credential with Connect-Odc -ProxyCredential, or -ProxyUseDefaultCredentials for the Windows sign-in.", refused.RecommendedAction);
    }

    [Fact]
    public void A_connection_that_broke_names_the_proxy_as_well() =>
        Assert.StartsWith("The connection to acme.example:8443 through the proxy proxy.example:3128 failed: ", Explain(new SocketException((int)SocketError.ConnectionReset), Proxy).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(false, "There was no connection to acme.example:8443 within 1.5 seconds.")]
    [InlineData(true, "There was no connection to acme.example:8443 through the proxy proxy.example:3128 within 1.5 seconds.")]
    public void A_connection_that_was_not_made_in_its_time_carried_no_request(bool hasProxy, string message)
    {
        var e = NetworkFailure.NotReached(Users, TimeSpan.FromSeconds(1.5), hasProxy ? Proxy : null, new TimeoutException());
        Assert.Equal((OdcErrorCause.Timeout, message, true), (e.Cause, e.Message, e.WasNotSent));
        Assert.Equal("Check that the host can be reached from here: name look-up (DNS), firewall, VPN and proxy.", e.RecommendedAction);
    }

    [Theory]
    [InlineData(407, "x", OdcErrorCause.ProxyRefused, "The proxy wants a sign-in. Specify the proxy's credential with Connect-Odc -ProxyCredential, or -ProxyUseDefaultCredentials for the Windows sign-in.")]
    [InlineData(429, "x", OdcErrorCause.Throttled, "Wait a minute, then try again.")]
    [InlineData(408, "x", OdcErrorCause.Unavailable, "Try again later. If it stays so, check the proxy or gateway between this machine and ODC.")]
    [InlineData(500, "x", OdcErrorCause.Unavailable, "Try again later. If it stays so, check the proxy or gateway between this machine and ODC.")]
    [InlineData(499, "x", OdcErrorCause.UnexpectedResponse, "Show this text to the administrator of the proxy, firewall or IP filter between this machine and ODC. It is not the API client's permissions or secret that it objects to.")]
    [InlineData(403, "rbac: Access Denied", OdcErrorCause.UnexpectedResponse, "An IP filter of ODC, or a gateway, denies this machine's address: have it allowed (ODC Portal: IP filters), or run from an address that is. It is not the API client's permissions or secret that it objects to.")]
    [InlineData(300, "x", OdcErrorCause.UnexpectedResponse, "A sign-in page of the network or a proxy may have answered, or the tenant's address is wrong: open the address in a browser on this machine, and check -Tenant.")]
    [InlineData(399, "x", OdcErrorCause.UnexpectedResponse, "A sign-in page of the network or a proxy may have answered, or the tenant's address is wrong: open the address in a browser on this machine, and check -Tenant.")]
    [InlineData(400, "x", OdcErrorCause.UnexpectedResponse, "Show this text to the administrator of the proxy, firewall or IP filter between this machine and ODC. It is not the API client's permissions or secret that it objects to.")]
    [InlineData(404, "x", OdcErrorCause.UnexpectedResponse, "No API answers there. Has the organization's domain changed (then connect with the new one), or is this API not available to the tenant?")]
    [InlineData(410, "x", OdcErrorCause.UnexpectedResponse, "No API answers there. Has the organization's domain changed (then connect with the new one), or is this API not available to the tenant?")]
    public void What_answers_in_front_of_the_service_is_told_by_its_status(int status, string excerpt, OdcErrorCause cause, string action)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(excerpt, System.Text.Encoding.UTF8, "text/html") };
        Assert.Equal((cause, $"GET /x: something in front of ODC answered ({status}, text/html): {excerpt}", action), InFront.Explain("GET /x", "ODC", response, excerpt));
    }

    [Fact]
    public void Where_it_leads_is_told_without_the_query()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Redirect) { Content = new ByteArrayContent([]) };
        response.Headers.Location = new Uri("https://portal.example/login?token=s3cret");
        Assert.Equal("GET /x: something in front of ODC answered (302, no content type, leading to https://portal.example/login).", InFront.Explain("GET /x", "ODC", response, "").Message);
    }

    [Fact]
    public void A_time_out_says_how_long_it_waited()
    {
        var e = NetworkFailure.TimedOut(Users, TimeSpan.FromSeconds(1.5), new TimeoutException());
        Assert.Equal((OdcErrorCause.Timeout, "acme.example:8443 did not answer within 1.5 seconds.", false), (e.Cause, e.Message, e.WasNotSent));
        Assert.Equal("Check the network and the proxy; Connect-Odc -TimeoutSec allows more time for a slow service.", e.RecommendedAction);
    }

    private static OdcException Explain(Exception inner, Uri? proxy) => NetworkFailure.Explain(new HttpRequestException("outer", inner), Users, proxy);
}
