using System.Diagnostics;
using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.Transport;

/// <summary>The rate budget against a service that enforces its limits, with the window shortened on both sides.</summary>
public sealed class RateLimitTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Eight_runspaces_share_one_budget_without_a_429()
    {
        await using var lab = await StartAsync();
        var clock = Stopwatch.StartNew();
        Assert.Equal(600, await AskInEightRunspacesAsync(lab["acme"], timesEach: 75));
        Assert.Equal(0, lab["acme"].Statistics.Count429);
        // 600 requests at 100 a window: five whole windows must pass. How many more do, the benchmark measures.
        Assert.True(clock.Elapsed >= Window * 5, $"{clock.Elapsed}");
    }

    [Fact]
    public async Task Beside_a_client_that_uses_half_of_the_limit_nothing_is_lost_and_hardly_anything_refused()
    {
        await using var lab = await StartAsync();
        lab["acme"].StealBudget("identity", 50);
        Assert.Equal(400, await AskInEightRunspacesAsync(lab["acme"], timesEach: 50));
        var requests = lab["acme"].Statistics.Requests["GET /api/identity/v1/users"];
        Assert.Equal(400, requests.Count(r => r.Status == 200));
        var refused = requests.Where(r => r.Status == 429).Select(r => r.At).Order().ToList();
        // The limit is met at least once, for nothing tells of the other client before; then it is not met twice in a window.
        Assert.NotEmpty(refused);
        Assert.All(refused.Zip(refused.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Window, $"{refused.Count} refused, two of them within {pair.Second - pair.First}."));
    }

    [Fact]
    public async Task Limits_and_their_use_are_shown()
    {
        await using var lab = await StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        RateBudgets.Shared.Set(lab["acme"].Url, TimeSpan.FromSeconds(60));
        shell.Run("1..3 | ForEach-Object { Get-OdcUser -First 1 }; Get-OdcStage").ThrowOnError();
        var limits = shell.Run("Get-OdcRateLimit").All<OdcRateLimit>().ToDictionary(l => l.Name);
        Assert.Equal((100, 3, 97), (limits["identity"].Limit, limits["identity"].Used, limits["identity"].Free));
        Assert.Equal((100, 1), (limits["portfolios"].Limit, limits["portfolios"].Used));
        Assert.Equal((10, 0), (limits["environment-configurations"].Limit, limits["environment-configurations"].Used));
        Assert.Equal(5, limits["identity POST /users/bulk"].Limit);
        Assert.True(limits.Count >= 20);
    }

    [Fact]
    public async Task The_use_by_other_processes_is_shown()
    {
        await using var lab = await StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var folder = Path.Combine(Surroundings.Home, Guid.NewGuid().ToString("N"));
        RateBudgets.Shared.Set(lab["acme"].Url, TimeSpan.FromSeconds(60), folder);
        // A process that has read users, and one that has only looked at limits.
        shell.Run("1..3 | ForEach-Object { Get-OdcUser -First 1 }").ThrowOnError();
        RateBudgets.Shared.Set(lab["acme"].Url, TimeSpan.FromSeconds(60), folder);
        var identity = shell.Run("Get-OdcRateLimit | Where-Object Name -eq identity").Single<OdcRateLimit>();
        Assert.Equal((100, 0, 3, 97), (identity.Limit, identity.Used, identity.Others, identity.Free));
        shell.Run("Get-OdcUser -First 1").ThrowOnError();
        identity = shell.Run("Get-OdcRateLimit | Where-Object Name -eq identity").Single<OdcRateLimit>();
        Assert.Equal((1, 3, 96), (identity.Used, identity.Others, identity.Free));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_one_verbose_line()
    {
        await using var lab = await StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        RateBudgets.Shared.Set(lab["acme"].Url, TimeSpan.FromSeconds(60), Path.Combine(ModuleFiles.Manifest, "folder"));
        var result = shell.Run("1..3 | ForEach-Object { Get-OdcUser -First 1 -Verbose }").ThrowOnError();
        Assert.Single(result.Verbose, v => v.StartsWith("This process counts its requests without those of other processes", StringComparison.Ordinal));
        Assert.Equal(3, result.Output.Count);
    }

    [Fact]
    public async Task A_wait_is_told_and_a_share_leaves_room()
    {
        await using var lab = await StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-RateShare 0.02");
        RateBudgets.Shared.Set(lab["acme"].Url, TimeSpan.FromSeconds(3));
        var result = shell.Run("Get-OdcUser -First 1; Get-OdcUser -First 1; $VerbosePreference = 'Continue'; Get-OdcUser -First 1").ThrowOnError();
        Assert.Contains(result.Verbose, v => v.Contains("the service allows 100 requests a minute for identity", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, v => v.StartsWith("GET /api/identity/v1/users?limit=1: 200", StringComparison.Ordinal));
    }

    /// <summary>How many users eight runspaces over one connection get, who ask for one at a time.</summary>
    private static async Task<int> AskInEightRunspacesAsync(EmulatedTenant tenant, int timesEach)
    {
        using var first = Shell.Connected(tenant);
        var connection = first.Run("Get-OdcConnection").Output[0];
        tenant.Statistics.Clear();
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var shell = new Shell();
                shell.Set("c", connection);
                return shell.Run($"foreach ($i in 1..{timesEach}) {{ Get-OdcUser -Connection $c -First 1 }}").ThrowOnError().Output.Count;
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return counts.Sum();
    }

    internal static async Task<OdcEmulator> StartAsync(int users = 60)
    {
        var emulator = await OdcEmulator.StartAsync(new EmulatorOptions { HasGlobex = false, Users = users, LimitWindow = Window });
        foreach (var tenant in emulator.Tenants)
            RateBudgets.Shared.Set(tenant.Url, Window);
        return emulator;
    }
}
