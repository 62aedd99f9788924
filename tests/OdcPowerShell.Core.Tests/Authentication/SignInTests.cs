using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class SignInTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_sign_in_ends_with_a_token()
    {
        LoopbackServer? server = null;
        using (server = new LoopbackServer(line => server!.SignIn(line)))
        {
            var (client, issuer) = await SignInAsync(server, cache: null);
            Assert.Equal(("me", "vault 'v'", server.Url), (issuer.ApiClient.Credential.ClientId, issuer.ApiClient.Source, client.Origin));
            Assert.Equal("abc", client.Tokens.Current!.Value.Reveal());
            Assert.Equal(_time.GetUtcNow().AddHours(1), client.Tokens.Current.ExpiresOn);
            Assert.Equal(new Uri(server.Url, "token"), issuer.TokenEndpoint);
            Assert.Equal(["GET /identity/.well-known/openid-configuration", "POST /token"], server.Requests);
        }
    }

    [Theory]
    [InlineData(600, false)]
    [InlineData(-600, false)]
    [InlineData(601, true)]
    [InlineData(-601, true)]
    public async Task A_clock_that_is_ten_minutes_off_ends_it(int secondsAhead, bool refused)
    {
        LoopbackServer? server = null;
        using (server = new LoopbackServer(line => server!.SignIn(line, _time.GetUtcNow().AddSeconds(-secondsAhead))))
        {
            var e = await Record.ExceptionAsync(() => SignInAsync(server, cache: null));
            Assert.Equal(refused ? OdcErrorCause.ClockSkewed : null, (e as OdcException)?.Cause);
        }
    }

    [Theory]
    [InlineData(true, 60, "kept", 0)]
    [InlineData(true, -1, "abc", 2)]
    [InlineData(false, 0, "abc", 2)]
    public async Task A_kept_token_is_taken_while_it_lasts(bool kept, int minutesLeft, string token, int requests)
    {
        LoopbackServer? server = null;
        using (server = new LoopbackServer(line => server!.SignIn(line)))
        {
            var cache = new Cache(kept ? (new Secret("kept"), _time.GetUtcNow().AddMinutes(minutesLeft)) : null);
            var (client, _) = await SignInAsync(server, cache);
            Assert.Equal((token, requests), (client.Tokens.Current!.Value.Reveal(), server.Requests.Count));
            Assert.Equal(requests == 0 ? [] : ["abc"], cache.Written);
        }
    }

    [Theory]
    [InlineData(OdcErrorCause.VaultLocked, true)]
    [InlineData(OdcErrorCause.VaultModuleMissing, false)]
    [InlineData(OdcErrorCause.VaultMissing, false)]
    public async Task A_cache_that_cant_be_read_is_warned_of_and_one_that_is_missing_ends_the_sign_in(OdcErrorCause cause, bool signsIn)
    {
        LoopbackServer? server = null;
        using (server = new LoopbackServer(line => server!.SignIn(line)))
        {
            var caller = new Caller();
            var cache = new Cache(kept: null) { Failure = new OdcException(cause, "The vault says no.", "Open it.") };
            var e = await Record.ExceptionAsync(() => new SignIn(new ClientOptions { Time = _time }).RunAsync(Client(server), cache, caller, default));
            Assert.Equal(signsIn ? null : cause, (e as OdcException)?.Cause);
            Assert.Equal(signsIn ? ["The token cache can't be read, so the API client signs in. The vault says no."] : [], caller.Warnings);
            Assert.Equal(signsIn ? 2 : 0, server.Requests.Count);
        }
    }

    [Fact]
    public async Task A_client_can_reach_the_storage_of_files()
    {
        LoopbackServer? server = null;
        using (server = new LoopbackServer(line => server!.SignIn(line)))
            Assert.NotNull((await SignInAsync(server, cache: null)).Client.Storage);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_tried_as_often_as_was_asked()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Json("{}", "503 Down"));
        var caller = new Caller();
        var options = new ClientOptions { Time = _time, FirstPause = TimeSpan.Zero, MaximumRetries = 2 };
        var e = await Assert.ThrowsAnyAsync<OdcException>(() => new SignIn(options).RunAsync(Client(server), cache: null, caller, default));
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([$"The sign-in failed and is tried again (1 of 2): {e.Message}", $"The sign-in failed and is tried again (2 of 2): {e.Message}"], caller.Messages.Where(m => m.StartsWith("The sign-in failed", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("GET", "503 Down", OdcErrorCause.Unavailable)]
    [InlineData("POST", "502 Bad", OdcErrorCause.Unavailable)]
    public async Task A_hiccup_of_the_identity_server_is_tried_again(string method, string status, OdcErrorCause cause)
    {
        LoopbackServer? server = null;
        var failures = 1;
        using (server = new LoopbackServer(line => line.StartsWith(method, StringComparison.Ordinal) && failures-- > 0 ? LoopbackServer.Json("{}", status) : server!.SignIn(line)))
        {
            var options = new ClientOptions { Time = _time, FirstPause = TimeSpan.Zero };
            var apiClient = Client(server);
            await new SignIn(options).RunAsync(apiClient, cache: null, new Caller(), default);
            failures = 1;
            var e = await Assert.ThrowsAnyAsync<OdcException>(() => new SignIn(options with { MaximumRetries = 0 }).RunAsync(apiClient, cache: null, new Caller(), default));
            Assert.Equal(cause, e.Cause);
        }
    }

    private Task<(OdcClient Client, OAuthClient Issuer)> SignInAsync(LoopbackServer server, ITokenCache? cache) =>
        new SignIn(new ClientOptions { Time = _time }).RunAsync(Client(server), cache, new Caller(), default);

    private static ApiClient Client(LoopbackServer server) =>
        new(TenantAddress.Parse(server.Url.ToString()), new GivenSecretSource("vault 'v'", Sample.Credential), Sample.Credential);

    private sealed class Cache((Secret, DateTimeOffset)? kept) : ITokenCache
    {
        internal List<string> Written { get; } = [];

        internal OdcException? Failure { get; init; }

        public Task<(Secret Token, DateTimeOffset ExpiresOn)?> ReadAsync(ICaller caller, CancellationToken cancellationToken) =>
            Failure is null ? Task.FromResult<(Secret, DateTimeOffset)?>(kept) : throw Failure;

        public Task WriteAsync(AccessToken token, ICaller caller, CancellationToken cancellationToken)
        {
            Written.Add(token.Value.Reveal());
            return Task.CompletedTask;
        }
    }
}
