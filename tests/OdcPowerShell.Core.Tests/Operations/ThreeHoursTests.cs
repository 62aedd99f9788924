using System.Net;
using Microsoft.Extensions.Time.Testing;
using OdcPowerShell.Deployments;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Core.Tests.Operations;

/// <summary>A deployment of three hours over the real transport, on a clock that is put forward.</summary>
public sealed class ThreeHoursTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DateTimeOffset _start;
    private readonly Caller _caller = new();
    private readonly List<string> _tokens = [];
    private string _secret = "first";
    private int _polls;

    public ThreeHoursTests() => _start = _time.GetUtcNow();

    private TimeSpan Elapsed => _time.GetUtcNow() - _start;

    private bool IsDown => Elapsed > TimeSpan.FromMinutes(70) && Elapsed < TimeSpan.FromMinutes(80);

    [Fact]
    public async Task Two_token_renewals_a_rotated_secret_and_an_outage_of_ten_minutes_break_no_wait()
    {
        using var server = new FakeServer(Answer);
        using var http = new HttpMessageInvoker(server.Exchange());
        var issuer = new OAuthClient(new ApiClient(Sample.Tenant, new Vault(() => _secret), new ClientCredential("me", new Secret("first"))), http, _time, cache: null);
        var tokens = new TokenKeeper(issuer.IssueAsync, _time);
        using var budget = new BudgetHandler(() => RateBudgets.Shared.For(new Uri("https://three-hours.example"), _time), 1, _time, new FreshTokenHandler(tokens, server.Exchange()));
        using var api = new HttpMessageInvoker(new TokenHandler(tokens, Sample.Tenant.Origin, budget));
        var client = new OdcClient(Sample.Tenant.Origin, api, tokens, new Retry(4, TimeSpan.FromSeconds(1), _time), _time);
        var loop = new WaitingLoop(client, TimeSpan.FromHours(4));
        loop.Add(new OdcDeployment { OperationKey = "d1", AssetName = "Order Desk", Status = "Running" });

        var next = loop.NextAsync(_caller, TestContext.Current.CancellationToken);
        for (var i = 0; !next.IsCompleted && i < 4 * 3600; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            if (i == 50 * 60)
                _secret = "second";
            if (i % 10 == 0)
                await Task.Run(() => { });
        }

        var outcome = Assert.Single(await next);
        Assert.Equal((WaitEnd.Succeeded, "Finished"), (outcome.End, outcome.Operation.Status));
        Assert.InRange(Elapsed, TimeSpan.FromHours(3), TimeSpan.FromHours(3.1));
        Assert.Equal(["first", "second", "second", "second"], _tokens);
        Assert.StartsWith("An operation can't be read at the moment", Assert.Single(_caller.Warnings), StringComparison.Ordinal);
        // Six polls in the first half minute, and two a minute after that, but for the outage.
        Assert.InRange(_polls, 320, 370);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (IsDown)
            throw new HttpRequestException("Connection refused", new System.Net.Sockets.SocketException(111));
        var path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("openid-configuration", StringComparison.Ordinal))
            return FakeServer.Json("""{"token_endpoint":"https://identity.example/token"}""");
        if (path == "/token")
            return Token(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
        _polls++;
        return FakeServer.Json($$"""{"key":"d1","status":"{{(Elapsed >= TimeSpan.FromHours(3) ? "Finished" : "Running")}}","assetName":"Order Desk"}""");
    }

    private HttpResponseMessage Token(string form)
    {
        if (!form.EndsWith("client_secret=" + _secret, StringComparison.Ordinal))
            return FakeServer.Json("""{"error":"invalid_client"}""", HttpStatusCode.Unauthorized);
        _tokens.Add(_secret);
        return FakeServer.Json("""{"access_token":"abc","expires_in":3600}""");
    }

    private sealed class Vault(Func<string> secret) : ISecretSource
    {
        public string Description => "vault 'v'";

        public bool CanChange => true;

        public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) => Task.FromResult(new ClientCredential("me", new Secret(secret())));
    }
}
