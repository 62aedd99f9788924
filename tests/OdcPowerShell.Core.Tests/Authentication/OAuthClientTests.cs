using System.Net;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class OAuthClientTests
{
    private const string Document = """{"token_endpoint":"https://identity.example/token"}""";
    private readonly Caller _caller = new();
    private readonly List<string> _accepted = ["s3cret"];

    [Fact]
    public async Task The_endpoint_is_looked_up_once()
    {
        using var server = Server();
        var issuer = Issuer(server, new Source("s3cret"));
        Assert.Null(issuer.TokenEndpoint);
        await issuer.IssueAsync(_caller, default);
        await issuer.IssueAsync(_caller, default);
        Assert.Equal(new Uri("https://identity.example/token"), issuer.TokenEndpoint);
        Assert.Equal(["GET", "POST", "POST"], server.Requests.Select(r => r.Line.Split(' ')[0]));
    }

    [Fact]
    public async Task A_rotated_secret_is_read_again_and_kept()
    {
        using var server = Server();
        _accepted[0] = "new";
        var end = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var source = new Source("new") { End = end };
        var issuer = Issuer(server, source);
        await issuer.IssueAsync(_caller, default);
        await issuer.IssueAsync(_caller, default);
        Assert.Equal((1, "someone else", end), (source.Reads, issuer.ApiClient.Credential.ClientId, issuer.ApiClient.Credential.SecretExpiresOn));
        Assert.Equal(4, server.Requests.Count);
        Assert.Contains("The secret was rejected; vault 'v' contains another one now, which is tried once.", _caller.Messages);
    }

    [Fact]
    public async Task A_secret_that_did_not_change_is_not_tried_again()
    {
        using var server = Server();
        _accepted.Clear();
        await Assert.ThrowsAsync<OdcSignInException>(() => Issuer(server, new Source("s3cret")).IssueAsync(_caller, default));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_given_secret_is_not_read_again()
    {
        using var server = Server();
        _accepted.Clear();
        var source = new GivenSecretSource("parameters", Sample.Credential);
        Assert.Equal(("parameters", false), (source.Description, source.CanChange));
        Assert.Same(Sample.Credential, await source.ReadAsync(_caller, default));
        await Assert.ThrowsAsync<OdcSignInException>(() => Issuer(server, source).IssueAsync(_caller, default));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_second_refusal_keeps_the_old_secret()
    {
        using var server = Server();
        _accepted.Clear();
        var issuer = Issuer(server, new Source("other"));
        await Assert.ThrowsAsync<OdcSignInException>(() => issuer.IssueAsync(_caller, default));
        Assert.Equal("s3cret", issuer.ApiClient.Credential.Secret.Reveal());
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_is_down_is_no_reason_to_read_the_secret_again()
    {
        using var server = new FakeServer(r => r.Method == HttpMethod.Get ? FakeServer.Json(Document) : FakeServer.Json("{}", HttpStatusCode.InternalServerError));
        var source = new Source("new");
        Assert.Equal(OdcErrorCause.Unavailable, (await Assert.ThrowsAsync<OdcException>(() => Issuer(server, source).IssueAsync(_caller, default))).Cause);
        Assert.Equal(0, source.Reads);
    }

    [Fact]
    public async Task An_answer_without_a_token_is_no_reason_either()
    {
        using var server = new FakeServer(r => FakeServer.Json(r.Method == HttpMethod.Get ? Document : "{}"));
        var source = new Source("new");
        var e = await Assert.ThrowsAsync<OdcSignInException>(() => Issuer(server, source).IssueAsync(_caller, default));
        Assert.Equal((OdcErrorCause.TokenMissing, 0, 2), (e.Cause, source.Reads, server.Requests.Count));
    }

    /// <summary>Where the known endpoint is something else by now, the discovery document is read again.</summary>
    [Theory]
    [InlineData(404, "<html>", true, true)]
    [InlineData(404, "<html>", false, true)]
    [InlineData(503, "<html>", true, false)]
    [InlineData(401, """{"error":"invalid_client"}""", true, false)]
    public async Task An_endpoint_that_has_moved_is_looked_up_again(int status, string body, bool hasMoved, bool isLookedUp)
    {
        var endpoint = "https://identity.example/token";
        var isAway = false;
        using var server = new FakeServer(r => r.Method == HttpMethod.Get ? FakeServer.Json($$"""{"token_endpoint":"{{endpoint}}"}""")
            : isAway && r.RequestUri!.AbsolutePath == "/token"
                ? new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, System.Text.Encoding.UTF8, body[0] == '<' ? "text/html" : "application/json") }
                : FakeServer.Json("""{"access_token":"abc","expires_in":3600}"""));
        var issuer = Issuer(server, new Source("s3cret"));
        await issuer.IssueAsync(_caller, default);
        isAway = true;
        endpoint = hasMoved ? "https://identity.example/moved" : endpoint;
        var e = await Record.ExceptionAsync(() => issuer.IssueAsync(_caller, default));
        Assert.Equal(!hasMoved || !isLookedUp, e is OdcException);
        Assert.Equal(
            ["GET /identity/.well-known/openid-configuration", "POST /token", "POST /token", .. isLookedUp ? ["GET /identity/.well-known/openid-configuration"] : Array.Empty<string>(), .. hasMoved && isLookedUp ? ["POST /moved"] : Array.Empty<string>()],
            server.Requests.Select(r => r.Line));
    }

    [Fact]
    public async Task An_endpoint_that_was_just_looked_up_is_not_looked_up_again()
    {
        using var server = new FakeServer(r => r.Method == HttpMethod.Get ? FakeServer.Json(Document) : new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("<html>") });
        var e = await Assert.ThrowsAnyAsync<OdcException>(() => Issuer(server, new Source("s3cret")).IssueAsync(_caller, default));
        Assert.Equal((OdcErrorCause.UnexpectedResponse, 2), (e.Cause, server.Requests.Count));
    }

    [Theory]
    [InlineData(OdcErrorCause.DnsFailed, false, true)]
    [InlineData(OdcErrorCause.CertificateNotTrusted, false, true)]
    [InlineData(OdcErrorCause.ConnectFailed, true, true)]
    [InlineData(OdcErrorCause.Timeout, true, true)]
    [InlineData(OdcErrorCause.ConnectFailed, false, false)]
    [InlineData(OdcErrorCause.Timeout, false, false)]
    [InlineData(OdcErrorCause.Unavailable, true, false)]
    public async Task A_host_that_is_gone_is_looked_up_again(OdcErrorCause cause, bool wasNotSent, bool isLookedUp)
    {
        var isAway = false;
        using var server = new FakeServer(r => r.Method == HttpMethod.Get ? FakeServer.Json(Document)
            : isAway ? throw new OdcException(cause, "Away.", "Wait.") { WasNotSent = wasNotSent } : FakeServer.Json("""{"access_token":"abc","expires_in":3600}"""));
        var issuer = Issuer(server, new Source("s3cret"));
        await issuer.IssueAsync(_caller, default);
        isAway = true;
        Assert.Equal(cause, (await Assert.ThrowsAsync<OdcException>(() => issuer.IssueAsync(_caller, default))).Cause);
        Assert.Equal(isLookedUp ? 2 : 1, server.Requests.Count(r => r.Line.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_new_token_is_written_to_the_cache_while_the_caller_waits()
    {
        using var server = Server();
        var cache = new Cache();
        var issuer = Issuer(server, new Source("s3cret"), cache);
        var token = await issuer.IssueAsync(_caller, default);
        Assert.Equal([token], cache.Written);
        await issuer.IssueAsync(new BackgroundCaller(_caller), default);
        Assert.Single(cache.Written);
    }

    private FakeServer Server() => new(request =>
    {
        if (request.Method == HttpMethod.Get)
            return FakeServer.Json(Document);
        var form = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
        return _accepted.Exists(s => form.EndsWith("client_secret=" + s, StringComparison.Ordinal))
            ? FakeServer.Json("""{"access_token":"abc","expires_in":3600}""")
            : FakeServer.Json("""{"error":"invalid_client"}""", HttpStatusCode.Unauthorized);
    });

    private static OAuthClient Issuer(FakeServer server, ISecretSource source, ITokenCache? cache = null) =>
        new(new ApiClient(Sample.Tenant, source, Sample.Credential), new HttpMessageInvoker(server.Exchange()), TimeProvider.System, cache);

    private sealed class Source(string secret) : ISecretSource
    {
        public string Description => "vault 'v'";

        public bool CanChange => true;

        internal int Reads { get; private set; }

        internal DateTimeOffset? End { get; init; }

        public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken)
        {
            Reads++;
            return Task.FromResult(new ClientCredential("someone else", new Secret(secret)) { SecretExpiresOn = End });
        }
    }

    private sealed class Cache : ITokenCache
    {
        internal List<AccessToken> Written { get; } = [];

        public Task<(Secret Token, DateTimeOffset ExpiresOn)?> ReadAsync(ICaller caller, CancellationToken cancellationToken) =>
            Task.FromResult<(Secret, DateTimeOffset)?>(null);

        public Task WriteAsync(AccessToken token, ICaller caller, CancellationToken cancellationToken)
        {
            Written.Add(token);
            return Task.CompletedTask;
        }
    }
}
