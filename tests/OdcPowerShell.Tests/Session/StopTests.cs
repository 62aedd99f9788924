using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.Session;

/// <summary>Ctrl+C ends every wait of this module.</summary>
public sealed class StopTests
{
    [Theory]
    [InlineData("Get-OdcUser")]
    [InlineData("Invoke-OdcRestMethod /api/identity/v1/users -All")]
    [InlineData("Get-OdcStage")]
    [InlineData("Get-OdcUser -Stage Production")]
    public async Task A_slow_answer(string script)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        var hasArrived = Stopping.Hold(lab["acme"], Fault.SlowFirstByte);
        await Stopping.EndsAsync(shell, script, _ => hasArrived());
        // The caller left, and was not answered.
        await Stopping.UntilAsync(() => lab["acme"].Statistics.Requests.Count > 0);
        Assert.Equal(499, Assert.Single(lab["acme"].Statistics.Requests).Status);
    }

    [Fact]
    public async Task A_sign_in()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using var shell = new Shell();
        shell.Set("credential", new System.Management.Automation.PSCredential("a", Shell.Secure("b")));
        await Stopping.EndsAsync(
            shell, $"Connect-Odc http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port} -Credential $credential -TimeoutSec 600", _ => silent.Pending());
    }

    [Fact]
    public async Task A_provider_of_credentials()
    {
        using var shell = new Shell();
        using var asked = new ManualResetEventSlim();
        shell.Set("asked", asked);
        await Stopping.EndsAsync(shell, "Connect-Odc https://acme.example -CredentialProvider { $asked.Set(); Start-Sleep -Seconds 600 }", _ => asked.IsSet);
    }

    [Fact]
    public async Task A_vault_read()
    {
        using var shell = new Shell();
        using var asked = new ManualResetEventSlim();
        shell.Set("asked", asked);
        shell.Run(FakeVault.Install + "; & (Get-Module Microsoft.PowerShell.SecretManagement) { function script:Assert-Open { $global:asked.Set(); Start-Sleep -Seconds 600 } }").ThrowOnError();
        await Stopping.EndsAsync(shell, "Connect-Odc https://acme.example -SecretName odc", _ => asked.IsSet);
    }

    [Fact]
    public async Task A_slow_body()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var hasArrived = Stopping.Hold(lab["acme"], Fault.SlowBody);
        await Stopping.EndsAsync(shell, "Get-OdcUser", _ => hasArrived());
    }

    [Fact]
    public async Task A_wait_for_the_rate_limit()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-RateShare 0.01");
        RateBudgets.Shared.Set(lab["acme"].Url, Stopping.Forever);
        shell.Run("Get-OdcUser -First 1").ThrowOnError();
        await Stopping.EndsAsync(shell, "Get-OdcUser -First 1 -Verbose", running => running.Streams.Verbose.Count > 0);
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
        lab["acme"].Statistics.Clear();
        Stopping.Hold(lab["acme"], kind);
        await Stopping.EndsAsync(shell, script, _ => lab["acme"].Statistics.Requests.Count > 0);
    }
}
