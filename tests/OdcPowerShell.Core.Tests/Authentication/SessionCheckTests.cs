using System.Net;
using Microsoft.Extensions.Time.Testing;
using OdcPowerShell.Organization;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class SessionCheckTests
{
    private static readonly ClientOptions Options = new();

    [Fact]
    public async Task A_token_from_elsewhere_has_no_credential_to_look_at()
    {
        using var server = new FakeServer(_ => FakeServer.Json("""{"name":"Acme"}"""));
        using var http = new HttpMessageInvoker(server.Exchange());
        var checks = await Sample.Check(http, issuer: null, Options, Sample.Token(life: null)).RunAsync(new Caller(), default);
        Assert.Equal(
            [
                "Credential: Skipped|The connection has a token from elsewhere and no credential.|",
                "Secret: Skipped|Its expiry date is not recorded; record it with Register-OdcCredential -ExpiresOn.|",
                "Token: Passed|Has no expiry date.|",
                "Call: Passed|The tenant belongs to Acme.|",
            ],
            checks.Select(Text));
    }

    [Theory]
    [InlineData(30, "Passed", "in 29 days.", "")]
    [InlineData(13, "Warning", " UTC.", "Generate a new secret in the ODC Portal and store it where this sign-in reads it.")]
    public async Task A_credential_is_tried_and_its_secrets_end_is_told(int days, string result, string detail, string fix)
    {
        using var server = new FakeServer(Answer);
        using var http = new HttpMessageInvoker(server.Exchange());
        var credential = Sample.Credential with { SecretExpiresOn = DateTimeOffset.UtcNow.AddDays(days) };
        var issuer = new OAuthClient(new ApiClient(Sample.Tenant, new GivenSecretSource("vault 'v'", credential), credential), http, TimeProvider.System, cache: null);
        var checks = await Sample.Check(http, issuer, Options).RunAsync(new Caller(), default);
        Assert.Equal("Credential: Passed|API client me got a new token (vault 'v').|", Text(checks[0]));
        Assert.Equal(("Secret", result, fix), (checks[1].Check, checks[1].Result, checks[1].Fix ?? ""));
        Assert.StartsWith($"Expires on {credential.SecretExpiresOn:yyyy-MM-dd}", checks[1].Detail, StringComparison.Ordinal);
        Assert.EndsWith(detail, checks[1].Detail, StringComparison.Ordinal);
        Assert.Matches(@"^Expires at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.$", checks[2].Detail);
    }

    [Theory]
    [InlineData(0, "Warning")]
    [InlineData(1, "Passed")]
    public async Task A_secret_is_warned_of_fourteen_days_ahead(int secondsMore, string result)
    {
        var time = new FakeTimeProvider();
        using var server = new FakeServer(Answer);
        using var http = new HttpMessageInvoker(server.Exchange());
        var credential = Sample.Credential with { SecretExpiresOn = time.GetUtcNow().AddDays(14).AddSeconds(secondsMore) };
        var issuer = new OAuthClient(new ApiClient(Sample.Tenant, new GivenSecretSource("vault 'v'", credential), credential), http, time, cache: null);
        var checks = await Sample.Check(http, issuer, new ClientOptions { Time = time }).RunAsync(new Caller(), default);
        Assert.Equal(result, checks[1].Result);
    }

    [Fact]
    public async Task What_fails_is_told_with_its_way_out()
    {
        using var server = new FakeServer(r => r.Method == HttpMethod.Post ? FakeServer.Json("{}", HttpStatusCode.Unauthorized) : Answer(r, HttpStatusCode.Forbidden));
        using var http = new HttpMessageInvoker(server.Exchange());
        var issuer = new OAuthClient(new ApiClient(Sample.Tenant, new GivenSecretSource("vault 'v'", Sample.Credential), Sample.Credential), http, TimeProvider.System, cache: null);
        var checks = await Sample.Check(http, issuer, Options).RunAsync(new Caller(), default);
        Assert.Equal(["Credential: Failed", "Secret: Skipped", "Token: Skipped", "Call: Failed"], checks.Select(c => c.ToString()));
        Assert.Equal("There is none.", checks[2].Detail);
        Assert.StartsWith("The API client has no permission at all", checks[3].Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "Get-X: GET /api/x: Passed|Granted: X > View.|")]
    [InlineData(403, "Get-X: GET /api/x: Failed|GET /api/x: the API client lacks a permission: X > View (403).|Grant the API client this permission in the ODC Portal (API clients, edit permissions): X > View.")]
    public async Task A_list_is_tried_for_its_permission(int status, string text)
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}", (HttpStatusCode)status));
        Assert.Equal(text, await PermissionAsync(server, new Operation(HttpMethod.Get, "/api/x", "X > View")));
        Assert.Equal(["GET /api/x?limit=1"], server.Requests.Select(r => r.Line));
    }

    [Fact]
    public async Task A_trial_that_the_service_calls_invalid_shows_nothing()
    {
        using var server = new FakeServer(_ => FakeServer.Json("""{"title":"no"}""", HttpStatusCode.BadRequest));
        Assert.Equal(
            "Get-X: GET /api/x: Skipped|Needs X > View; the service needs more than a trial request contains, so only a real call shows whether it is granted.|",
            await PermissionAsync(server, new Operation(HttpMethod.Get, "/api/x", "X > View")));
    }

    /// <summary>Where the service leaves out all rows instead of 403, an empty list is a missing permission.</summary>
    [Theory]
    [InlineData("""{"results":[{"key":"1"}]}""", "Passed")]
    [InlineData("""{"results":[]}""", "Failed")]
    [InlineData("""{"results":7}""", "Failed")]
    [InlineData("""{"rows":[{"key":"1"}]}""", "Failed")]
    public async Task A_list_that_is_never_empty_shows_by_its_rows(string body, string result)
    {
        using var server = new FakeServer(_ => FakeServer.Json(body));
        var check = await PermissionAsync(server, new Operation(HttpMethod.Get, "/api/x", "X > View") { NeededForRows = "X > List" });
        Assert.Equal(
            result == "Passed" ? "Get-X: GET /api/x: Passed|Granted: X > View.|"
                : "Get-X: GET /api/x: Failed|GET /api/x: the list is empty, because the API client lacks a permission: X > List.|Grant the API client this permission in the ODC Portal (API clients, edit permissions): X > List.",
            check);
    }

    [Theory]
    [InlineData(true, "GET /api/x")]
    [InlineData(false, "GET /api/x?limit=1")]
    public async Task Only_a_list_with_pages_is_asked_for_one_object(bool isWhole, string line)
    {
        using var server = new FakeServer(_ => FakeServer.Json("""{"results":[]}"""));
        await PermissionAsync(server, new Operation(HttpMethod.Get, "/api/x", "X > View") { IsWholeList = isWhole });
        Assert.Equal([line], server.Requests.Select(r => r.Line));
    }

    [Fact]
    public async Task An_answer_of_another_shape_grants_nothing()
    {
        using var server = new FakeServer(_ => FakeServer.Json("[]"));
        Assert.StartsWith("Get-X: GET /api/x: Failed|", await PermissionAsync(server, new Operation<OdcOrganization>(HttpMethod.Get, "/api/x", "X > View")), StringComparison.Ordinal);
        Assert.Equal(["GET /api/x"], server.Requests.Select(r => r.Line));
    }

    [Theory]
    [InlineData("POST", "/api/x")]
    [InlineData("GET", "/api/x/{key}")]
    public async Task Nothing_else_is_tried(string method, string template)
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        var text = await PermissionAsync(server, new Operation(new HttpMethod(method), template, "X > View"));
        Assert.Equal($"Get-X: {method} {template}: Skipped|Needs X > View; only a real call shows whether it is granted.|", text);
        Assert.Empty(server.Requests);
    }

    private static async Task<string> PermissionAsync(FakeServer server, Operation operation)
    {
        using var http = new HttpMessageInvoker(server.Exchange());
        return Text(await Sample.Check(http, issuer: null, Options).PermissionAsync("Get-X", operation, new Caller(), default));
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request) => Answer(request, HttpStatusCode.OK);

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status) => request.RequestUri!.AbsolutePath switch
    {
        "/identity/.well-known/openid-configuration" => FakeServer.Json("""{"token_endpoint":"https://identity.example/token"}"""),
        "/token" => FakeServer.Json("""{"access_token":"abc","expires_in":3600}"""),
        _ => FakeServer.Json(status == HttpStatusCode.OK ? """{"name":"Acme"}""" : """{"title":"no"}""", status),
    };

    private static string Text(OdcCheck check) => $"{check}|{check.Detail}|{check.Fix}";
}
