using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class ReachabilityCheckTests
{
    private static readonly FakeTimeProvider Time = new();

    [Fact]
    public async Task Each_step_of_the_way_is_told()
    {
        using var server = new LoopbackServer(line => LoopbackServer.Json("""{"token_endpoint":"https://identity.example/token"}"""));
        var (checks, endpoint) = await RunAsync(server.Url.ToString());
        Assert.Equal(
            [
                "Proxy: Passed|None: the connection is direct.|",
                "Name: Passed|127.0.0.1 is 127.0.0.1.|",
                "Tls: Skipped|This machine only: no TLS.|",
                "Clock: Skipped|The server does not report its time.|",
                "Discovery: Passed|Tokens are issued at https://identity.example/token.|",
            ],
            checks);
        Assert.Equal(new Uri("https://identity.example/token"), endpoint);
        Assert.Equal(["GET /identity/.well-known/openid-configuration"], server.Requests);
    }

    [Theory]
    [InlineData(0, "Clock: Passed|Within 0 s of the server's.|")]
    [InlineData(60, "Clock: Passed|Within 60 s of the server's.|")]
    [InlineData(-61, "Clock: Warning|This machine's clock is -61 s off.|Set the clock (w32tm /resync, or timedatectl set-ntp true).")]
    [InlineData(600, "Clock: Warning|This machine's clock is 600 s off.|Set the clock (w32tm /resync, or timedatectl set-ntp true).")]
    [InlineData(601, "Clock: Failed|This machine's clock is 10 minutes ahead of the server's.|Set the clock (w32tm /resync, or timedatectl set-ntp true), then run Connect-Odc again: expiry dates would be wrong.")]
    public async Task The_clock_is_judged(int secondsAhead, string check)
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Json("""{"token_endpoint":"https://identity.example/token"}""", date: Time.GetUtcNow().AddSeconds(-secondsAhead)));
        Assert.Equal(check, (await RunAsync(server.Url.ToString())).Checks[3]);
    }

    [Fact]
    public async Task A_server_that_is_no_tenant_was_reached()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Json("{}", "404 Not Found"));
        var (checks, endpoint) = await RunAsync(server.Url.ToString());
        Assert.Equal("Tls: Skipped|This machine only: no TLS.|", checks[2]);
        Assert.StartsWith($"Discovery: Failed|{server.Url.Authority} is not an ODC tenant: its discovery document answered 404.|Check -Tenant", checks[3], StringComparison.Ordinal);
        Assert.Equal((4, null), (checks.Count, endpoint));
    }

    [Fact]
    public async Task Where_nothing_listens_there_is_no_certificate_to_judge()
    {
        var (checks, endpoint) = await RunAsync($"https://127.0.0.1:{FreePort()}");
        Assert.Equal("Tls: Skipped|There was no connection.|", checks[2]);
        Assert.StartsWith("Discovery: Failed|The connection to 127.0.0.1:", checks[3], StringComparison.Ordinal);
        Assert.Equal((4, null), (checks.Count, endpoint));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_told()
    {
        var (checks, _) = await RunAsync("https://no-such-tenant.invalid");
        Assert.Equal("Name: Failed|The host name no-such-tenant.invalid can't be resolved.|Check the spelling of -Tenant (for example acme.outsystems.dev) and this machine's DNS.", checks[1]);
        Assert.Equal("Tls: Skipped|There was no connection.|", checks[2]);
        Assert.StartsWith("Discovery: Failed|The host name no-such-tenant.invalid can't be resolved.|", checks[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_looks_the_name_up_and_may_refuse()
    {
        using var proxy = new LoopbackServer(_ => LoopbackServer.Json("{}", "403 Forbidden"));
        var (checks, _) = await RunAsync("https://acme.example", proxy.Url);
        Assert.Equal($"Proxy: Passed|Through {proxy.Url.Authority}.|", checks[0]);
        Assert.Equal("Name: Skipped|The proxy looks the name up.|", checks[1]);
#if !NETFRAMEWORK
        // The older runtime takes the proxy's answer for the target's.
        Assert.Equal("Tls: Skipped|There was no connection.|", checks[2]);
        Assert.StartsWith($"Discovery: Failed|The proxy {proxy.Url.Authority} did not let the connection to acme.example through: ", checks[3], StringComparison.Ordinal);
#endif
        Assert.Equal("CONNECT acme.example:443", proxy.Requests[0]);
    }

    [Fact]
    public async Task A_server_that_says_nothing_was_not_reached()
    {
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var (checks, _) = await RunAsync($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", timeout: TimeSpan.FromSeconds(0.2));
        silent.Stop();
        Assert.Equal("Tls: Skipped|There was no connection.|", checks[2]);
        Assert.Contains(" did not answer within 0.2 seconds.|", checks[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_the_cancellation()
    {
        var check = new ReachabilityCheck(TenantAddress.Parse("https://127.0.0.1:1"), new ClientOptions());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check.RunAsync(new Caller(), new CancellationToken(canceled: true)));
    }

    private static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    private static async Task<(List<string> Checks, Uri? Endpoint)> RunAsync(string tenant, Uri? proxy = null, TimeSpan? timeout = null)
    {
        var options = new ClientOptions { Proxy = proxy, Time = Time, Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        var (checks, endpoint) = await new ReachabilityCheck(TenantAddress.Parse(tenant), options).RunAsync(new Caller(), default);
        return ([.. checks.Select(c => $"{c}|{c.Detail}|{c.Fix}")], endpoint);
    }
}
