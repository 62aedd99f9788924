using System.Diagnostics;
using OdcPowerShell.Http;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>Single users and many keys: what a request costs, and how many there are.</summary>
internal static class Requests
{
    private const int Calls = 300;

    // So long that a file has many places, and so short that no request waits.
    internal static readonly TimeSpan ManyPlaces = TimeSpan.FromMilliseconds(40);

    /// <summary>One object by key, 300 times over.</summary>
    internal static async Task<IEnumerable<Finding>> OneAsync(EmulatorProcess emulator)
    {
        using var http = await emulator.SignInAsync();
        using var engine = Engine.Connected(emulator);
        var key = (string)engine.Run("(Get-OdcUser -First 1).UserKey")[0].BaseObject;
        var folder = Directory.CreateTempSubdirectory("odc-benchmark-").FullName;
        var times = await Measure.AlternateAsync(
            () => OursAsync(TimeSpan.Zero, folder: null),
            async () =>
            {
                for (var i = 0; i < Calls; i++)
                    await Baseline.ReadUserAsync(http, key);
            },
            () => OursAsync(ManyPlaces, folder));
        Directory.Delete(folder, recursive: true);
        var (ours, theirs, shared) = (times[0].Wall / Calls, times[1].Wall / Calls, times[2].Wall / Calls);
        return
        [
            new Finding(
                "one", Finding.Invariant($"module {ours:0.000} ms, HttpClient {theirs:0.000} ms a call"),
                Finding.Invariant($"{ours - theirs:+0.000;-0.000} ms"), "<= 1 ms more", ours - theirs <= 1),
            new Finding(
                "one, shared budget", Finding.Invariant($"module {shared:0.000} ms, HttpClient {theirs:0.000} ms a call"),
                Finding.Invariant($"{shared - theirs:+0.000;-0.000} ms"), "<= 1 ms more", shared - theirs <= 1),
            new Finding(
                "shared budget", Finding.Invariant($"{shared:0.000} ms, process's own {ours:0.000} ms a call"),
                Finding.Invariant($"{shared - ours:+0.000;-0.000} ms"), "<= 0.2 ms more", shared - ours <= 0.2),
        ];

        Task OursAsync(TimeSpan window, string? folder)
        {
            RateBudgets.Shared.Set(emulator.Url, window, folder);
            engine.Run("param($key, $calls) foreach ($i in 1..$calls) { $null = Get-OdcUser -UserKey $key }", key, Calls);
            return Task.CompletedTask;
        }
    }

    internal static async Task<IEnumerable<Finding>> FirstAsync(EmulatorProcess emulator) =>
    [
        await CountAsync("first", emulator, "Get-OdcUser -First 1", target: 1),
        await CountAsync("first in pipeline", emulator, "Get-OdcUser | Select-Object -First 1", target: 1),
    ];

    internal static async Task<IEnumerable<Finding>> KeysAsync(EmulatorProcess emulator) =>
        [await CountAsync("keys", emulator, "$keys | Get-OdcUser", target: 100)];

    private static async Task<Finding> CountAsync(string scenario, EmulatorProcess emulator, string script, int target)
    {
        using var engine = Engine.Connected(emulator);
        engine.Run("$global:keys = Get-OdcUser -First 2000 | ForEach-Object { $_.UserKey }");
        var (times, counts) = (new List<double>(), new List<int>());
        for (var run = 0; run < Measure.Runs; run++)
        {
            await emulator.ForgetRequestsAsync();
            var clock = Stopwatch.StartNew();
            engine.Run(script);
            times.Add(clock.Elapsed.TotalMilliseconds);
            counts.Add(await emulator.CountRequestsAsync());
        }

        return Finding.Count(scenario, Measure.Median(times), counts.Max(), "requests", target);
    }
}
