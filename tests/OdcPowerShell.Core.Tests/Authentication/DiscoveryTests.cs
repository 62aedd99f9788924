using System.Net;
using System.Net.Http.Headers;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class DiscoveryTests
{
    private const string NotATenant = "Check -Tenant: it must be the host of the ODC Portal, not of an app or of a custom domain. Has the organization's domain changed? Then connect with the new one.";
    private const string Redirected = NotATenant + " If the address is right, a sign-in page of the network or a proxy answered: open it in a browser on this machine.";
    private const string Changed = "The secret was not sent. Something between this machine and the tenant may have changed the discovery document: check the proxy.";

    [Fact]
    public async Task The_token_endpoint_may_be_elsewhere_and_the_servers_time_comes_with_it()
    {
        var now = new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.Zero);
        using var server = new FakeServer(_ =>
        {
            var answer = FakeServer.Json("""{"issuer":"x","token_endpoint":"https://identity.example/token",}""");
            answer.Headers.Date = now;
            return answer;
        });
        Assert.Equal((new Uri("https://identity.example/token"), now), await ReadAsync(server));
        Assert.Equal([("GET /identity/.well-known/openid-configuration", null, null)], server.Requests);
    }

    [Theory]
    [InlineData(407, OdcErrorCause.ProxyRefused, "The proxy asks for a sign-in before it lets the connection to acme.example through (407).", "Specify the proxy's credential with Connect-Odc -ProxyCredential, or -ProxyUseDefaultCredentials for the Windows sign-in.")]
    [InlineData(408, OdcErrorCause.Unavailable, "acme.example is not available: its discovery document answered 408.", "Try again later.")]
    [InlineData(429, OdcErrorCause.Unavailable, "acme.example is not available: its discovery document answered 429.", "Try again later.")]
    [InlineData(500, OdcErrorCause.Unavailable, "acme.example is not available: its discovery document answered 500.", "Try again later.")]
    [InlineData(404, OdcErrorCause.TenantNotFound, "acme.example is not an ODC tenant: its discovery document answered 404.", NotATenant)]
    [InlineData(302, OdcErrorCause.TenantNotFound, "acme.example is not an ODC tenant: its discovery document answered 302.", Redirected)]
    public async Task A_refusal_says_what_its_status_means(int status, OdcErrorCause cause, string message, string action)
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}", (HttpStatusCode)status));
        var e = await Assert.ThrowsAsync<OdcException>(() => ReadAsync(server));
        Assert.Equal((cause, message, action), (e.Cause, e.Message, e.RecommendedAction));
    }

    [Fact]
    public async Task A_refusal_says_where_it_leads_and_what_it_says()
    {
        using var server = new FakeServer(_ =>
        {
            var answer = FakeServer.Json("Please sign in.", HttpStatusCode.Redirect);
            answer.Headers.Location = new Uri("https://portal.example/login?token=s3cret");
            return answer;
        });
        var e = await Assert.ThrowsAsync<OdcException>(() => ReadAsync(server));
        Assert.Equal("acme.example is not an ODC tenant: its discovery document answered 302. It leads to https://portal.example/login. It says: Please sign in.", e.Message);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_document_that_wants_a_sign_in_is_of_something_in_front(int status)
    {
        using var server = new FakeServer(_ => FakeServer.Json("No.", (HttpStatusCode)status));
        var e = await Assert.ThrowsAsync<OdcException>(() => ReadAsync(server));
        Assert.Equal((OdcErrorCause.UnexpectedResponse, $"The discovery document of acme.example: something in front of ODC answered ({status}, application/json): No."), (e.Cause, e.Message));
        Assert.Equal("Show this text to the administrator of the proxy, firewall or IP filter between this machine and ODC. It is not the API client's permissions or secret that it objects to.", e.RecommendedAction);
    }

    [Theory]
    [InlineData("<html>Hello</html>", "text/html", "text/html")]
    [InlineData("[1]", "application/json", "application/json")]
    [InlineData("", null, "no content type")]
    public async Task What_is_not_a_document_is_shown(string body, string? type, string shown)
    {
        using var server = new FakeServer(_ =>
        {
            var answer = FakeServer.Json(body);
            answer.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
            return answer;
        });
        var e = await Assert.ThrowsAsync<OdcException>(() => ReadAsync(server));
        Assert.Equal((OdcErrorCause.DiscoveryNotJson, $"acme.example answered its discovery document with {shown} that is not JSON: {body}", NotATenant), (e.Cause, e.Message, e.RecommendedAction));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"token_endpoint":null}""")]
    [InlineData("""{"token_endpoint":17}""")]
    [InlineData("""{"token_endpoint":"token"}""")]
    [InlineData("""{"token_endpoint":"ftp://identity.example/token"}""")]
    public async Task A_document_without_a_usable_endpoint_is_refused(string body)
    {
        using var server = new FakeServer(_ => FakeServer.Json(body));
        var e = await Assert.ThrowsAsync<OdcException>(() => ReadAsync(server));
        Assert.Equal((OdcErrorCause.DiscoveryIncomplete, "The discovery document of acme.example names no usable token_endpoint.", NotATenant), (e.Cause, e.Message, e.RecommendedAction));
    }

    [Fact]
    public async Task The_secret_is_not_sent_in_the_clear()
    {
        using var server = new FakeServer(_ => FakeServer.Json("""{"token_endpoint":"http://identity.example/token?x=1"}"""));
        var e = await Assert.ThrowsAsync<OdcException>(() => ReadAsync(server));
        Assert.Equal((OdcErrorCause.TokenEndpointNotHttps, "The address of the token endpoint, http://identity.example/token, is not https.", Changed), (e.Cause, e.Message, e.RecommendedAction));
    }

    private static async Task<(Uri, DateTimeOffset?)> ReadAsync(FakeServer server)
    {
        using var http = new HttpMessageInvoker(server.Exchange());
        return await Discovery.ReadAsync(Sample.Tenant, http, new Caller(), default);
    }
}
