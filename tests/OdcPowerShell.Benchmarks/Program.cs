using System.Globalization;
using OdcPowerShell.Benchmarks.Scenarios;

namespace OdcPowerShell.Benchmarks;

internal static class Program
{
    private const string ReportOnly = "--report-only";
    private const string Minutes = "minutes";

    private static readonly string[] All = ["import", "cold", "users", "latency", "limit", "shared", "neighbours", "stop", "one", "first", "keys", "snapshot", "memory"];

    private static async Task<int> Main(string[] args)
    {
        ChildProcess.Enter();
        switch (args)
        {
            case [Import.Child, var module]:
                Engine.ImportOnly(module);
                return 0;
            case [Neighbours.Child, var folder, var pages, var window]:
                Neighbours.List(folder, pages, window);
                return 0;
            case [Memory.Child, var first]:
                Memory.Stream(first);
                return 0;
            case ["soak", var minutes]:
                return await SoakAsync(double.Parse(minutes, CultureInfo.InvariantCulture));
        }

        var chosen = args.Where(a => a != ReportOnly).DefaultIfEmpty("all").ToArray();
        if (chosen is ["all"])
            chosen = All;
        if (chosen.Except([.. All, Minutes], StringComparer.Ordinal).ToArray() is [_, ..] unknown)
        {
            await Console.Error.WriteLineAsync($"Unknown: {string.Join(", ", unknown)}. Scenarios: {string.Join(", ", All)}; four minutes: {Minutes}; option: {ReportOnly}; by itself: soak MINUTES.");
            return 2;
        }

        return Report(await RunAsync(chosen), args.Contains(ReportOnly, StringComparer.Ordinal));
    }

    private static async Task<int> SoakAsync(double minutes)
    {
        using var emulator = await EmulatorProcess.StartAsync(users: 250);
        var findings = (await Soak.RunAsync(emulator, TimeSpan.FromMinutes(minutes))).ToList();
        findings.ForEach(Console.WriteLine);
        return Report(findings, isReportOnly: false);
    }

    private static int Report(List<Finding> findings, bool isReportOnly)
    {
        var missed = findings.Where(f => !f.Met).ToArray();
        Console.WriteLine($"{findings.Count - missed.Length} of {findings.Count} targets met.");
        foreach (var finding in missed)
            Console.WriteLine($"MISSED {finding.Scenario}: {finding.Result}, target {finding.Target}");
        return missed.Length > 0 && !isReportOnly ? 1 : 0;
    }

    private static async Task<List<Finding>> RunAsync(string[] scenarios)
    {
        var findings = new List<Finding>();
        using var emulator = await EmulatorProcess.StartAsync(Users.Count);
        foreach (var scenario in scenarios)
        {
            foreach (var finding in await RunAsync(scenario, emulator))
            {
                Console.WriteLine(finding);
                findings.Add(finding);
            }
        }

        return findings;
    }

    private static Task<IEnumerable<Finding>> RunAsync(string scenario, EmulatorProcess emulator) => scenario switch
    {
        "import" => Import.RunAsync(),
        "cold" => Cold.RunAsync(emulator),
        "users" => Users.RunAsync(emulator),
        "latency" => Waiting.LatencyAsync(emulator),
        "limit" => Waiting.LimitAsync(emulator),
        "shared" => Waiting.SharedAsync(emulator),
        "neighbours" => Neighbours.RunAsync(emulator),
        Minutes => Neighbours.MinuteAsync(emulator),
        "stop" => Stopping.RunAsync(emulator),
        "one" => Requests.OneAsync(emulator),
        "first" => Requests.FirstAsync(emulator),
        "keys" => Requests.KeysAsync(emulator),
        "snapshot" => Snapshot.RunAsync(),
        _ => Memory.RunAsync(),
    };
}
