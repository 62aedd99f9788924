using System.Management.Automation;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>Ctrl+C while a command waits for what does not come. How fast it is, the benchmarks measure.</summary>
internal static class Stopping
{
    /// <summary>Longer than any busy machine is late, and far shorter than the waits that are stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How long the waits of these tests last when nobody stops them.</summary>
    internal static TimeSpan Forever { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Starts a script, stops it once it waits, and finds it stopped.</summary>
    internal static async Task EndsAsync(Shell shell, string script, Func<PowerShell, bool> isWaiting)
    {
        using var running = PowerShell.Create(shell.Runspace);
        running.AddScript(script);
        var done = Task.Run(() => running.Invoke());
        await UntilAsync(() => done.IsCompleted || isWaiting(running));
        Assert.False(done.IsCompleted, $"It did not wait: {running.Streams.Error.FirstOrDefault()}");
        await Task.Run(running.Stop).WaitAsync(Patience);
        await done.WaitAsync(Patience);
        Assert.Equal(PSInvocationState.Stopped, running.InvocationStateInfo.State);
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow + Patience; !condition(); await Task.Delay(10))
            Assert.True(DateTime.UtcNow < end, "It did not come to that.");
    }

    /// <summary>Has every request below a path meet a fault that lasts; the function says whether one has.</summary>
    internal static Func<bool> Hold(EmulatedTenant tenant, Fault fault, string path = "/api/")
    {
        var faults = new FaultPlan(seed: 1, share: 1, fault) { IncludeSignIn = true, Delay = Forever, Only = (_, asked) => asked.StartsWith(path, StringComparison.Ordinal) };
        tenant.Faults = faults;
        return () => faults.Injected > 0;
    }
}
