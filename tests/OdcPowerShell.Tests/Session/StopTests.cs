using System.Diagnostics;
using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.Session;

/// <summary>Ctrl+C ends every wait of this module within 100 ms.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class StopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("Get-OdcUser")]
    [InlineData("Invoke-OdcRestMethod /api/identity/v1/users -All")]
    [InlineData("Get-OdcStage")]
    [InlineData("Get-OdcUser -Stage Production")]
    public async Task A_slow_answer(string script)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Latency = TimeSpan.FromSeconds(20);
        await StopsAsync(shell, script);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-CredentialProvider { [System.Threading.Thread]::Sleep(1); while ($true) { } }")]
    public async Task A_sign_in(string source)
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using var shell = new Shell();
        shell.Set("credential", new System.Management.Automation.PSCredential("a", Shell.Secure("b")));
        var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}";
        await StopsAsync(shell, $"Connect-Odc {url} {(source.Length == 0 ? "-Credential $credential" : source)}");
    }

    [Fact]
    public async Task A_vault_read()
    {
        using var shell = new Shell();
        shell.Run(FakeVault.Install + "; $global:Secrets.odc = 'x'").ThrowOnError();
        shell.Run("& (Get-Module Microsoft.PowerShell.SecretManagement) { function script:Assert-Open { while ($true) { [System.Threading.Thread]::Sleep(1) } } }").ThrowOnError();
        await StopsAsync(shell, "Connect-Odc https://acme.example -SecretName odc");
    }

    [Fact]
    public async Task A_slow_body()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Faults = new FaultPlan(seed: 1, share: 1, Fault.SlowBody) { Delay = TimeSpan.FromMinutes(1) };
        await StopsAsync(shell, "Get-OdcUser");
    }

    [Fact]
    public async Task A_wait_for_the_rate_limit()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-RateShare 0.01");
        RateBudgets.Shared.Set(lab["acme"].Url, TimeSpan.FromMinutes(1));
        shell.Run("Get-OdcUser -First 1").ThrowOnError();
        await StopsAsync(shell, "Get-OdcUser -First 1");
        Assert.Single(lab["acme"].Statistics.Requests["GET /api/identity/v1/users"]);
    }

    [Theory]
    [InlineData(Fault.Error500, "Get-OdcUser")]
    [InlineData(Fault.Throttled, "Get-OdcUser")]
    [InlineData(Fault.ThrottledSeconds, "Get-OdcUser")]
    [InlineData(Fault.Throttled, "Invoke-OdcRestMethod /api/unlimited")]
    public async Task A_back_off(Fault kind, string script)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-MaximumRetryCount 20");
        RateBudgets.Shared.Set(lab["acme"].Url, TimeSpan.FromMinutes(1));
        lab["acme"].Faults = new FaultPlan(seed: 1, share: 1, kind);
        await StopsAsync(shell, script);
    }

    private static async Task StopsAsync(Shell shell, string script)
    {
        using var running = System.Management.Automation.PowerShell.Create(shell.Runspace);
        running.AddScript(script);
        var done = Task.Run(() => running.Invoke(), TestContext.Current.CancellationToken);
        await Task.Delay(700, TestContext.Current.CancellationToken);
        Assert.False(done.IsCompleted, "It did not wait.");
        var clock = Stopwatch.StartNew();
        running.Stop();
        Assert.True(clock.Elapsed < Limit, $"It took {clock.ElapsedMilliseconds} ms.");
        await Task.WhenAny(done);
        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, running.InvocationStateInfo.State);
    }
}
