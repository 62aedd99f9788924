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

    /// <summary>1,000 requests from eight runspaces over one connection, under the same limit.</summary>
    internal static async Task<IEnumerable<Finding>> SharedAsync(EmulatorProcess emulator)
    {
        const int runspaces = 8, each = 125;
        using var first = Engine.Connected(emulator, Window);
        var connection = first.Run("Get-OdcConnection")[0];
        var engines = Enumerable.Range(0, runspaces).Select(_ => new Engine()).ToList();
        var elapsed = await LimitedAsync(emulator, () => Task.WhenAll(engines.Select(engine => Task.Factory.StartNew(
            () => engine.Run($"param($c) foreach ($i in 1..{each}) {{ $null = Get-OdcUser -Connection $c -First 1 }}", connection),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))));
        engines.ForEach(engine => engine.Dispose());
        return await JudgeAsync("shared", emulator, elapsed, requests: runspaces * each, most: 1.05);
    }

    /// <summary>1,000 pages of 50 under a limit of 100 in a shortened window: the arithmetic minimum is nine whole windows.</summary>
    internal static async Task<IEnumerable<Finding>> LimitAsync(EmulatorProcess emulator)
    {
        using var engine = Engine.Connected(emulator, Window);
        var elapsed = await LimitedAsync(emulator, () => Task.Run(() => engine.Run("Get-OdcUser -PageSize 50 | Out-Null")));
        return await JudgeAsync("limit", emulator, elapsed, requests: Pages * 2, most: 1.02);
    }

    private static async Task<TimeSpan> LimitedAsync(EmulatorProcess emulator, Func<Task> work)
    {
        await emulator.SetAsync("limits", $$"""{"enforce":true,"windowSeconds":{{Window.TotalSeconds}}}""");
        await emulator.ForgetRequestsAsync();
        // The arithmetic minimum begins with an empty window; the scenario before may have filled it.
        await Task.Delay(Window);
        var clock = Stopwatch.StartNew();
        await work();
        var elapsed = clock.Elapsed;
        await emulator.SetAsync("limits", """{"enforce":false,"windowSeconds":60}""");
        return elapsed;
    }

    private static async Task<IEnumerable<Finding>> JudgeAsync(string scenario, EmulatorProcess emulator, TimeSpan elapsed, int requests, double most)
    {
        var least = Window * ((requests / 100) - 1);
        var lost = requests - await emulator.CountRequestsAsync();
        return
        [
            Finding.AtMost(scenario, elapsed.TotalMilliseconds, "arithmetic minimum", least.TotalMilliseconds, most),
            Finding.Exactly(scenario, await emulator.Count429Async(), "refused requests (429)", 0),
            Finding.Exactly(scenario, lost, "requests too few (or, below 0, too many)", 0),
        ];
    }
}
