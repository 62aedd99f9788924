namespace OdcPowerShell.Tests.Hosting;

/// <summary>An emulator for one test, without limits unless the test is about them.</summary>
internal static class Lab
{
    internal static Task<OdcEmulator> StartAsync(int users = 60) => OdcEmulator.StartAsync(new EmulatorOptions { Users = users, EnforceLimits = false });
}
