using OdcPowerShell.Http;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>50,000 users in 500 pages, to nothing, in the hosted engine.</summary>
internal static class Users
{
    internal const int Count = 50_000;

    private const string PageLoop = """
        param($read)
        & {
            $offset = 0
            while ($null -ne $offset) {
                $page = $read.Invoke($offset)
                $page.results
                $offset = $page.page.nextPageOffset
            }
        } | Out-Null
        """;

    internal static async Task<IEnumerable<Finding>> RunAsync(EmulatorProcess emulator)
    {
        using var http = await emulator.SignInAsync();
        using var engine = Engine.Connected(emulator);
        Func<int, object?> read = offset => Baseline.ReadPage(http, offset);
        var folder = Directory.CreateTempSubdirectory("odc-benchmark-").FullName;
        var times = await Measure.AlternateAsync(
            () => Done(() => List(TimeSpan.Zero, folder: null)),
            async () => Require(await Baseline.ReadUsersAsync(http)),
            () => Done(() => engine.Run(PageLoop, read)),
            () => Done(() => List(Requests.ManyPlaces, folder)));
        Directory.Delete(folder, recursive: true);
        RateBudgets.Shared.Set(emulator.Url, TimeSpan.Zero);
        Require((int)engine.Run("$n = 0; Get-OdcUser | ForEach-Object { $n++ }; $n")[0].BaseObject);
        return
        [
            Finding.AtMost("users", times[0].Wall, "HttpClient", times[1].Wall, 1.3),
            Finding.AtMost("users, CPU", times[0].Cpu, "HttpClient", times[1].Cpu, 1.3),
            Verbose(engine),
            Finding.AtMost("users, shared budget", times[3].Wall, "HttpClient", times[1].Wall, 1.3),
            .. Pwsh.IsThere ? await Pwsh.UsersAsync(emulator) : WithoutPwsh(times[0], times[2]),
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

    private static Finding[] WithoutPwsh(Cost ours, Cost loop)
    {
        Console.WriteLine("There is no pwsh on the PATH: the real Invoke-RestMethod was not measured. A loop in C# that does its work without the command stands for it.");
        return [Finding.Faster("users", ours.Wall, "page loop in C#", loop.Wall, 8)];
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
