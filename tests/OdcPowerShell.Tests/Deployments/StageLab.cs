using OdcPowerShell.Emulator;
using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>An emulated tenant with assets in its stages, and a shell that is signed in to it and looks at operations often.</summary>
internal sealed class StageLab : IAsyncDisposable
{
    internal const string Posts = "POST /api/deployments/v1/deployment-operations";
    private readonly OdcEmulator _emulator;

    private StageLab(OdcEmulator emulator, string parameters)
    {
        _emulator = emulator;
        Shell = Shell.Connected(Tenant, parameters: parameters);
        Poll(every: TimeSpan.FromMilliseconds(60));
        Tenant.Statistics.Clear();
    }

    internal EmulatedTenant Tenant => _emulator["acme"];

    internal EmulatedDelivery Delivery => Tenant.Delivery;

    internal Shell Shell { get; }

    internal Guid Qa => Tenant.Stages[1].Key;

    internal Guid Production => Tenant.Stages[2].Key;

    /// <summary>Without limits on either side, unless a window of that length is given for both.</summary>
    internal static async Task<StageLab> StartAsync(int assets = 0, TimeSpan? window = null, string parameters = "")
    {
        var emulator = await OdcEmulator.StartAsync(new EmulatorOptions { HasGlobex = false, Users = 5, Assets = assets, EnforceLimits = window is not null, LimitWindow = window ?? TimeSpan.FromMinutes(1) });
        foreach (var tenant in emulator.Tenants)
            RateBudgets.Shared.Set(tenant.Url, window ?? TimeSpan.Zero);
        return new StageLab(emulator, parameters);
    }

    internal void Poll(TimeSpan every) => Shell.Run("Get-OdcConnection -Default").Single<OdcConnection>().Client.Polling = new PollPlan(every, TimeSpan.FromMinutes(1), every);

    internal Result Run(string script) => Shell.Run(script);

    internal int? Running(string asset, Guid stage) => Delivery.DeployedRevision(Delivery.Asset(asset).Key, stage);

    /// <summary>The requests of one operation since the start of the lab.</summary>
    internal RecordedRequests Sent(string operation) => Tenant.Statistics.Requests[operation];

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        await _emulator.DisposeAsync();
    }
}
