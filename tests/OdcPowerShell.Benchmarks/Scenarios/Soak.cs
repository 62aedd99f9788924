using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>
/// Hours of use in less: eight runspaces that share connections to two tenants, with tokens of 5 s, secrets that are rotated every minute, a
/// twentieth of faulty answers and limits that are enforced in windows of a second. Nothing may fail, cross or grow.
/// </summary>
internal static class Soak
{
    private const int Runspaces = 8;
    private const double Mebi = 1 << 20;
    private const string Faults = """
        {"seed":1,"share":0.05,"delayMilliseconds":200,"kinds":["ResetBeforeHeaders","ResetInBody","TruncatedJson","ShortBody","WrongTypes","Html502","Html503","Error500","Status408","Throttled","SlowFirstByte","SlowBody","WrongContentType","HugeError"]}
        """;

    private const string Work = """
        param($until)
        $expected = @{}
        $calls = 0
        while ([datetime]::UtcNow -lt $until) {
            foreach ($tenant in 'acme', 'globex') {
                try {
                    $seen = @(Get-OdcUser -Connection $tenant -First 130 -ErrorAction Stop).UserKey -join ' '
                    $seen += (Get-OdcOrganization -Connection $tenant -ErrorAction Stop).Name
                    $seen += @(Get-OdcStage -Connection $tenant -ErrorAction Stop).StageKey -join ' '
                    $seen += @(Get-OdcAsset -Connection $tenant -First 20 -ErrorAction Stop).AssetKey -join ' '
                    if (-not $expected.ContainsKey($tenant)) { $expected[$tenant] = $seen }
                    if ($expected[$tenant] -ne $seen) { "CROSSED: $tenant" }
                    $calls += 4
                } catch { "FAILED: $tenant $_" }
            }
            if ($expected.acme -eq $expected.globex) { 'CROSSED: both tenants are the same' }
        }
        $calls
        """;

    internal static async Task<IEnumerable<Finding>> RunAsync(EmulatorProcess emulator, TimeSpan length)
    {
        using var tenants = new SoakTenants(emulator.Url);
        await tenants.PrepareAsync(Faults);
        var engines = Enumerable.Range(0, Runspaces).Select(_ => new Engine()).ToList();
        engines[0].Run(tenants.ConnectScript);
        var until = DateTime.UtcNow + length;
        var workers = engines.ConvertAll(engine => Task.Factory.StartNew(() => engine.Run(Work, until), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        var all = Task.WhenAll(workers);
        var heaps = new List<double>();
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromMinutes(1)));
            if (all.IsCompleted)
                break;
            heaps.Add(GC.GetTotalMemory(forceFullCollection: true) / Mebi);
            Console.WriteLine(Finding.Invariant($"{heaps.Count} min: heap {heaps[^1]:0.0} MiB, working set {Environment.WorkingSet / Mebi:0} MiB, threads {Process.GetCurrentProcess().Threads.Count}"));
            await tenants.RotateAsync();
        }

        return Judge([.. (await all).SelectMany(o => o)], heaps, length);
    }

    private static IEnumerable<Finding> Judge(IReadOnlyList<PSObject> written, List<double> heaps, TimeSpan length)
    {
        var texts = written.Select(o => o.BaseObject).OfType<string>().ToList();
        texts.Distinct(StringComparer.Ordinal).Take(20).ToList().ForEach(Console.WriteLine);
        var calls = written.Select(o => o.BaseObject).OfType<int>().Sum();
        // The first minutes fill caches and pools.
        var (early, late) = (heaps.Skip(1).Take(3).DefaultIfEmpty(heaps[0]).Average(), heaps.Skip(1).TakeLast(3).DefaultIfEmpty(heaps[^1]).Average());
        return
        [
            Finding.Exactly("soak", texts.Count(t => t.StartsWith("FAILED", StringComparison.Ordinal)), string.Create(CultureInfo.InvariantCulture, $"errors in {calls:N0} calls and {length.TotalMinutes:0} min"), 0),
            Finding.Exactly("soak", texts.Count(t => t.StartsWith("CROSSED", StringComparison.Ordinal)), "answers of the other tenant", 0),
            new Finding("soak", Finding.Invariant($"heap {early:0.0} MiB, at the end {late:0.0} MiB"), Finding.Invariant($"{late - early:+0.0;-0.0} MiB"), "<= 5 MiB more", late - early <= 5),
        ];
    }
}
