using System.Diagnostics;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>Lists that are limited by the service and not by work: by its latency, and by its rate limit.</summary>
internal static class Waiting
{
    private const int LatencyMilliseconds = 50;
    private const int Pages = 500;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>500 pages at 50 ms each, against one page at a time. The waits make it steady, so one run of the slow side will do.</summary>
    internal static async Task<IEnumerable<Finding>> LatencyAsync(EmulatorProcess emulator)
    {
        using var http = await emulator.SignInAsync();
        using var engine = Engine.Connected(emulator);
        await emulator.SetAsync("latency", $$"""{"milliseconds":{{LatencyMilliseconds}}}""");
        var one = Stopwatch.StartNew();
        await Baseline.ReadUsersAsync(http);
        var oneAtATime = one.Elapsed.TotalMilliseconds;
        var times = new List<double>();
        for (var run = 0; run < Measure.Runs; run++)
        {
            var clock = Stopwatch.StartNew();
            engine.Run("Get-OdcUser | Out-Null");
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        await emulator.SetAsync("latency", """{"milliseconds":0}""");
        return [Finding.Faster("latency", times.Order().ElementAt(Measure.Runs / 2), "one page at a time", oneAtATime, 6)];
    }

    /// <summary>1,000 pages of 50 under a limit of 100 in a shortened window: the arithmetic minimum is nine whole windows.</summary>
    internal static async Task<IEnumerable<Finding>> LimitAsync(EmulatorProcess emulator)
    {
        using var engine = Engine.Connected(emulator, Window);
        await emulator.SetAsync("limits", $$"""{"enforce":true,"windowSeconds":{{Window.TotalSeconds}}}""");
        await emulator.ForgetRequestsAsync();
        var clock = Stopwatch.StartNew();
        engine.Run("Get-OdcUser -PageSize 50 | Out-Null");
        var elapsed = clock.Elapsed;
        var refused = await emulator.Count429Async();
        await emulator.SetAsync("limits", """{"enforce":false,"windowSeconds":60}""");
        var least = Window * ((Pages * 2 / 100) - 1);
        return [Finding.AtMost("limit", elapsed.TotalMilliseconds, "arithmetic minimum", least.TotalMilliseconds, 1.02), Finding.Exactly("limit", refused, "refused requests (429)", 0)];
    }
}
