using OdcPowerShell.Http;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>An emulator for one test, without limits on either side unless the test is about them. It has one tenant unless the test needs the second.</summary>
internal static class Lab
{
    internal static async Task<OdcEmulator> StartAsync(int users = 60, int assets = 0, bool hasGlobex = false, int seed = 1)
    {
        var emulator = await OdcEmulator.StartAsync(new EmulatorOptions { HasGlobex = hasGlobex, Users = users, Assets = assets, Seed = seed, EnforceLimits = false });
        foreach (var tenant in emulator.Tenants)
            RateBudgets.Shared.Set(tenant.Url, TimeSpan.Zero);
        return emulator;
    }
}
