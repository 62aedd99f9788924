using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class TokenRequestTests
{
    private const string Good = """{"access_token":"abc","expires_in":60}""";
    private static readonly Uri Endpoint = new("https://identity.example/token");

    [Fact]
    public async Task The_secret_is_form_encoded_once_and_no_scope_is_sent()
    {
        using var server = new FakeServer(_ => FakeServer.Json(Good));
        await SendAsync(server, "a+b/c=d&e%f\"ü g");
        Assert.Equal(
            [("POST /token", null, "grant_type=client_credentials&client_id=me&client_secret=a%2Bb%2Fc%3Dd%26e%25f%22%C3%BC+g")], server.Requests);
    }

    [Theory]
    [InlineData("""{"access_token":"abc","expires_in":60}""", 60)]
    [InlineData("""{"access_token":"abc","expires_in":"60"}""", 60)]
    [InlineData("""{"access_token":"abc","expires_in":59.5,"token_type":"Bearer","more":[1]}""", 59.5)]
    [InlineData("""{"access_token":"abc"}""", 300)]
    [InlineData("""{"access_token":"abc","expires_in":null}""", 300)]
    public async Task Any_2xx_with_a_token_will_do(string body, double life)
    {
        foreach (var status in new[] { HttpStatusCode.OK, HttpStatusCode.Created })
        {
            using var server = new FakeServer(_ => FakeServer.Json(body, status));
            var token = await SendAsync(server, "secret");
            Assert.Equal("abc", token.Value.Reveal());
            Assert.Equal(DateTimeOffset.UtcNow.AddSeconds(life), token.ExpiresOn!.Value, TimeSpan.FromSeconds(5));
        }
    }

    [Theory]
    [InlineData("""{"access_token":"abc","expires_in":0}""")]
    [InlineData("""{"access_token":"abc","expires_in":"soon"}""")]
    [InlineData("""{"access_token":"abc","expires_in":true}""")]
    [InlineData("""{"access_token":"abc","expires_in":"NaN"}""")]
    [InlineData("""{"access_token":"abc","expires_in":-1}""")]
    [InlineData("""{"access_token":null}""")]
    [InlineData("""{"access_token":17,"expires_in":60}""")]
    [InlineData("\"abc\"")]
    [InlineData("{")]
    public async Task Anything_else_is_no_token(string body)
    {
        using var server = new FakeServer(_ => FakeServer.Json(body));
        var e = await Assert.ThrowsAsync<OdcSignInException>(() => SendAsync(server, "secret"));
        Assert.Equal(OdcErrorCause.TokenMissing, e.Cause);
    }

    [Fact]
    public async Task A_server_that_echoes_the_secret_does_not_get_it_shown()
    {
        const string secret = "pass word+1%";
        using var server = new FakeServer(_ => FakeServer.Json(
            $$"""{"error":"x {{secret}}","error_description":"{{Uri.EscapeDataString(secret)}} {{WebUtility.UrlEncode(secret)}}"}""", HttpStatusCode.BadRequest));
        var e = await Assert.ThrowsAsync<OdcSignInException>(() => SendAsync(server, secret));
        Assert.Equal(("x ***", "*** ***"), (e.Error, e.ErrorDescription));
        Assert.DoesNotContain("pass", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(-90, 90)]
    [InlineData(90, -90)]
    public async Task Json_is_asked_for_and_the_clocks_difference_is_noted(int? serverAhead, int skew)
    {
        var time = new FakeTimeProvider();
        using var server = new FakeServer(request =>
        {
            Assert.Equal("application/json", request.Headers.Accept.ToString());
            var answer = FakeServer.Json(Good);
            answer.Headers.Date = serverAhead is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null;
            return answer;
        });
        using var http = new HttpMessageInvoker(server.Exchange());
        var token = await new TokenRequest(Endpoint, http, time).SendAsync(Sample.Credential, new Caller(), default);
        Assert.Equal(TimeSpan.FromSeconds(skew), token.ClockSkew);
    }

    private static async Task<AccessToken> SendAsync(FakeServer server, string secret)
    {
        using var http = new HttpMessageInvoker(server.Exchange());
        return await new TokenRequest(Endpoint, http, TimeProvider.System).SendAsync(new ClientCredential("me", new Secret(secret)), new Caller(), default);
    }
}
