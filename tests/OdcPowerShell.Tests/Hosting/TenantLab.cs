using OdcPowerShell.Emulator;
using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>An emulated tenant and a shell that is signed in to it, for tests of what commands ask and change there.</summary>
internal sealed class TenantLab : IAsyncDisposable
{
    private readonly OdcEmulator _emulator;

    private TenantLab(OdcEmulator emulator, string client)
    {
        _emulator = emulator;
        Shell = Shell.Connected(Tenant, client);
        SpeedUp();
        Forget();
    }

    internal EmulatedTenant Tenant => _emulator["acme"];

    internal EmulatedIdentity Identity => Tenant.Identity;

    internal Shell Shell { get; }

    /// <summary>What was asked of the APIs since the last <see cref="Forget"/>, as "METHOD path".</summary>
    internal IReadOnlyList<string> Sent => [.. Tenant.Statistics.Requests.Where(r => r.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Path}")];

    /// <summary>Those of them that change something.</summary>
    internal IReadOnlyList<string> Changes => [.. Sent.Where(s => !s.StartsWith("GET ", StringComparison.Ordinal))];

    internal static async Task<TenantLab> StartAsync(int users = 60, string client = "admin", int seed = 1) => new(await Lab.StartAsync(users, seed: seed), client);

    /// <summary>Has operations of the default connection looked at often: those of the emulator take a part of a second.</summary>
    internal void SpeedUp() => Shell.Run("Get-OdcConnection -Default").Single<OdcConnection>().Client.Polling =
        new PollPlan(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(50));

    internal Result Run(string script) => Shell.Run(script);

    internal void Forget() => Tenant.Statistics.Clear();

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        await _emulator.DisposeAsync();
    }
}
