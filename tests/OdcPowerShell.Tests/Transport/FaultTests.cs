using System.Text;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Transport;

/// <summary>A service that fails in every way there is: nothing is lost, nothing is doubled.</summary>
public sealed class FaultTests
{
    private static readonly Fault[] Passing =
    [
        Fault.ResetBeforeHeaders, Fault.ResetInBody, Fault.TruncatedJson, Fault.ShortBody, Fault.WrongTypes, Fault.Html502, Fault.Html503, Fault.Error500,
        Fault.Status408, Fault.Throttled, Fault.SlowFirstByte, Fault.SlowBody, Fault.WrongContentType, Fault.HugeError,
    ];

    [Fact]
    public async Task A_thousand_pages_with_a_fifth_of_faults_bring_every_row_once_and_in_order()
    {
        await using var lab = await Lab.StartAsync(users: 10_000);
        var tenant = lab["acme"];
        var client = await SignInAsync(tenant);
        var expected = await ReadAsync(client, pageSize: 100);
        tenant.Faults = new FaultPlan(seed: 1, share: 0.2, Passing);
        var read = await ReadAsync(client, pageSize: 10);
        Assert.True(tenant.Faults.Injected > 150, $"{tenant.Faults.Injected} faults");
        Assert.Equal(expected, read);
    }

    [Fact]
    public async Task Two_thousand_writes_with_a_fifth_of_lost_answers_are_done_once_each_and_told()
    {
        await using var lab = await Lab.StartAsync();
        var tenant = lab["acme"];
        var client = await SignInAsync(tenant);
        tenant.Faults = new FaultPlan(seed: 2, share: 0.2, Fault.LostAnswer);
        var unknown = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, stopped) =>
        {
            var body = new ApiBody(Encoding.UTF8.GetBytes($$"""{"email":"user{{i}}@acme.example"}"""));
            try
            {
                await client.SendAsync(new ApiRequest(HttpMethod.Post, "/api/identity/v1/users", Body: body), answer => answer, new Silent(), stopped);
            }
            catch (OdcException e) when (e.Cause == OdcErrorCause.OutcomeUnknown)
            {
                Interlocked.Increment(ref unknown);
            }
        });
        Assert.Equal(2000, tenant.Identity.CreatedUsers.Count);
        Assert.All(tenant.Identity.CreatedUsers, u => Assert.Equal(1, u.Count));
        Assert.Equal(tenant.Faults.Injected, unknown);
        Assert.InRange(unknown, 300, 500);
    }

    [Theory]
    [InlineData("DELETE", false)]
    [InlineData("POST", false)]
    [InlineData("PATCH", true)]
    public async Task A_write_on_a_kept_connection_is_not_repeated_behind_our_back(string method, bool hasBody)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("Get-OdcUser -First 1").ThrowOnError();
        lab["acme"].Faults = new FaultPlan(seed: 1, share: 1, Fault.ResetBeforeHeaders);
        lab["acme"].Statistics.Clear();
        var error = shell.Catch($"Invoke-OdcRestMethod /api/identity/v1/users/x -Method {method} {(hasBody ? "-Body @{ a = 1 }" : "")} -Confirm:$false");
        error.MustBe("OdcOutcomeUnknown");
        Assert.Single(lab["acme"].Statistics.Requests);
    }

    [Theory]
    [InlineData(Fault.Throttled)]
    [InlineData(Fault.ThrottledSeconds)]
    [InlineData(Fault.ThrottledDate)]
    public async Task A_429_is_waited_for_even_by_a_write(Fault kind)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Faults = new FaultPlan(seed: 3, share: 0.5, kind);
        shell.Run("1..3 | ForEach-Object { $null = Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body @{ email = \"$_@acme.example\" }; $null = Get-OdcUser -First 1 }").ThrowOnError();
        Assert.Equal(3, lab["acme"].Identity.CreatedUsers.Count);
        Assert.All(lab["acme"].Identity.CreatedUsers, u => Assert.Equal(1, u.Count));
        Assert.True(lab["acme"].Faults is { Injected: > 0 });
    }

    [Theory]
    [InlineData(Fault.NextStalls)]
    [InlineData(Fault.NextRepeats)]
    [InlineData(Fault.NextNegative)]
    public async Task A_list_that_the_service_cuts_short_is_warned_of(Fault kind)
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Faults = new FaultPlan(seed: 1, share: 1, kind);
        var result = shell.Run("Get-OdcUser");
        Assert.InRange(result.All<OdcUser>().Count, 1, 249);
        Assert.Contains(result.Warnings, w => w.Contains("may not be complete", StringComparison.Ordinal));
    }

    private static async Task<OdcClient> SignInAsync(EmulatedTenant tenant)
    {
        var client = tenant.Clients["admin"];
        var credential = new ClientCredential(client.ClientId, new Secret(client.Secret));
        var apiClient = new OdcPowerShell.Authentication.ApiClient(TenantAddress.Parse(tenant.Url.ToString()), new GivenSecretSource("a test", credential), credential);
        return (await new SignIn(new ClientOptions { FirstPause = TimeSpan.FromMilliseconds(1) }).RunAsync(apiClient, cache: null, new Silent(), default)).Client;
    }

    private static async Task<List<string?>> ReadAsync(OdcClient client, int pageSize)
    {
        var users = await new OffsetPages<OdcUser>(client, IdentityApi.QueryUsers, new Query(), new ListWindow(PageSize: pageSize)).ReadAllAsync(new Silent(), default);
        return [.. users.Select(u => u.UserKey)];
    }

    private sealed class Silent : ICaller
    {
        public bool IsWaiting => true;

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Progress(CallerProgress progress)
        {
        }

        public void Incomplete(string message) => Warning(message);

        public void Reused(TimeSpan age)
        {
        }

        public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => Task.FromResult(work(cancellationToken));
    }
}
