using System.Globalization;
using System.Text.Json;
using OdcPowerShell.Http;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>50,000 users in 500 pages, to nothing, in the hosted engine.</summary>
internal static class Users
{
    internal const int Count = 50_000;

    private const int Warm = 10;

    internal static async Task<IEnumerable<Finding>> RunAsync(EmulatorProcess emulator)
    {
        using var http = await emulator.SignInAsync();
        using var engine = Engine.Connected(emulator);
        var folder = Directory.CreateTempSubdirectory("odc-benchmark-").FullName;
        var times = await Measure.AlternateAsync(
            Warm,
            () => Done(() => List(TimeSpan.Zero, folder: null)),
            async () => Require(await Baseline.ReadUsersAsync(http)),
            () => Done(() => List(Requests.ManyPlaces, folder)));
        Directory.Delete(folder, recursive: true);
        RateBudgets.Shared.Set(emulator.Url, TimeSpan.Zero);
        Require((int)engine.Run("$n = 0; Get-OdcUser | ForEach-Object { $n++ }; $n")[0].BaseObject);
        return
        [
            Finding.AtMost("users", times[0].Wall, "HttpClient", times[1].Wall, 1.3),
            Finding.AtMost("users, CPU", times[0].Cpu, "HttpClient", times[1].Cpu, 1.3),
            Verbose(engine),
            Finding.AtMost("users, shared budget", times[2].Wall, "HttpClient", times[1].Wall, 1.3),
            .. await InPwshAsync(emulator),
        ];

        void List(TimeSpan window, string? folder)
        {
            RateBudgets.Shared.Set(emulator.Url, window, folder);
            engine.Run("Get-OdcUser | Out-Null");
        }
    }

    /// <summary>What a log has of it with -Verbose: the portal of Azure Automation shows 200 KB of a stream.</summary>
    private static Finding Verbose(Engine engine)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var length = (int)engine.Run("$n = 0; Get-OdcUser -Verbose 4>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.VerboseRecord]) { $n += 'VERBOSE: '.Length + $_.Message.Length + 1 } }; $n")[0].BaseObject;
        return Finding.Count("users -Verbose", clock.Elapsed.TotalMilliseconds, (length + 999) / 1000, "KB", 200);
    }

    /// <summary>Through the module, and through a page loop over Invoke-RestMethod, in one process.</summary>
    private static async Task<Finding[]> InPwshAsync(EmulatorProcess emulator)
    {
        using var found = JsonDocument.Parse(await Pwsh.RunAsync(emulator, "-File", Files.CompareUsers, "-Manifest", Files.Manifest, "-Runs", Measure.Runs.ToString(CultureInfo.InvariantCulture), "-Warm", Warm.ToString(CultureInfo.InvariantCulture)));
        var (ours, theirs) = (Read("module"), Read("loop"));
        return
        [
            Finding.Faster("users in pwsh", ours.Wall, "Invoke-RestMethod", theirs.Wall, 8),
            Finding.Faster("users in pwsh, CPU", ours.Cpu, "Invoke-RestMethod", theirs.Cpu, 8),
        ];

        Cost Read(string side)
        {
            var figures = found.RootElement.GetProperty(side);
            Require(figures.GetProperty("count").GetInt32());
            return new Cost(figures.GetProperty("wall").GetDouble(), figures.GetProperty("cpu").GetDouble());
        }
    }

    private static Task Done(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    internal static void Require(int count)
    {
        if (count != Count)
            throw new InvalidOperationException($"There are {Count} users, and {count} were read.");
    }
}
