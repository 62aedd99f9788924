using System.Diagnostics;
using System.Globalization;
using System.Net;
using OdcPowerShell.Http;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>Several processes under one limit: on one machine, where they share their budget; on two, where they don't; and beside a client that is not ours.</summary>
internal static class Neighbours
{
    /// <summary>The hidden argument with which this program runs as one of the processes.</summary>
    internal const string Child = "--list";

    private const int Limit = 100;
    private const int Pages = 250;
    private const int PoliteWindows = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    internal static async Task<IEnumerable<Finding>> RunAsync(EmulatorProcess emulator)
    {
        await LimitAsync(emulator, Window);
        var folders = Enumerable.Range(0, 3).Select(_ => Directory.CreateTempSubdirectory("odc-benchmark-").FullName).ToList();
        List<Finding> findings =
        [
            .. await TwoAsync("two processes", emulator, Window, folders[0], folders[0], most: 1.05),
            .. await TwoAsync("two machines", emulator, Window, folders[1], folders[2], most: 1.26),
            .. await PoliteAsync(emulator),
        ];
        await emulator.SetAsync("limits", """{"enforce":false,"windowSeconds":60}""");
        folders.ForEach(f => Directory.Delete(f, recursive: true));
        return findings;
    }

    /// <summary>Two processes under the service's own window of a minute: what a request and its answer take weighs a twentieth of what it does in the short one. It takes four minutes.</summary>
    internal static async Task<IEnumerable<Finding>> MinuteAsync(EmulatorProcess emulator)
    {
        await LimitAsync(emulator, Minute);
        var folder = Directory.CreateTempSubdirectory("odc-benchmark-").FullName;
        var findings = await TwoAsync("two processes, minutes", emulator, Minute, folder, folder, most: 1.05);
        await emulator.SetAsync("limits", """{"enforce":false,"windowSeconds":60}""");
        Directory.Delete(folder, recursive: true);
        return findings;
    }

    private static Task LimitAsync(EmulatorProcess emulator, TimeSpan window) => emulator.SetAsync("limits", $$"""{"enforce":true,"windowSeconds":{{window.TotalSeconds}}}""");

    /// <summary>Runs in the child: lists pages when a line comes in, and says when it is ready and when it is done.</summary>
    internal static void List(string folder, string pages, string window)
    {
        RateBudgets.Shared.Set(new Uri(Environment.GetEnvironmentVariable("ODC_TENANT_URL")!), TimeSpan.FromSeconds(int.Parse(window, CultureInfo.InvariantCulture)), folder.Length > 0 ? folder : null);
        using var engine = new Engine();
        engine.Run("Connect-Odc -EnvironmentVariable");
        Console.WriteLine("ready");
        Console.ReadLine();
        var clock = Stopwatch.StartNew();
        engine.Run("param($first) Get-OdcUser -First $first | Out-Null", int.Parse(pages, CultureInfo.InvariantCulture) * 100);
        Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<IEnumerable<Finding>> TwoAsync(string scenario, EmulatorProcess emulator, TimeSpan window, string first, string second, double most)
    {
        using var one = await StartAsync(emulator, window, first, Pages);
        using var other = await StartAsync(emulator, window, second, Pages);
        await emulator.ForgetRequestsAsync();
        // The arithmetic minimum begins with an empty window.
        await Task.Delay(window);
        var took = (await Task.WhenAll(GoAsync(one), GoAsync(other))).Max();
        var (refused, windows) = (await emulator.Count429Async(), (int)Math.Ceiling(took / window.TotalMilliseconds));
        return
        [
            Finding.AtMost(scenario, took, "arithmetic minimum", (window * ((2 * Pages / Limit) - 1)).TotalMilliseconds, most),
            first == second
                ? Finding.Exactly(scenario, refused, "refused requests (429)", 0)
                : Finding.Count(scenario, took, refused, "refused (429)", windows),
            Finding.Exactly(scenario, (2 * Pages) + refused - await emulator.CountRequestsAsync(), "requests too few (or, below 0, too many)", 0),
        ];
    }

    /// <summary>
    /// Another client asks for half of the limit, evenly spread, as long as a list runs that could use all of it. Its share is what it asks for. When both
    /// begin at once, nothing shows in the first window that there is another client; from then on there must be room.
    /// </summary>
    private static async Task<IEnumerable<Finding>> PoliteAsync(EmulatorProcess emulator)
    {
        using var http = await emulator.SignInAsync();
        using var list = await StartAsync(emulator, Window, "", Pages * 2);
        await Task.Delay(Window);
        var listed = GoAsync(list);
        var answers = new List<Task<HttpStatusCode>>();
        var (clock, pause) = (Stopwatch.StartNew(), Window / (Limit / 2));
        while (clock.Elapsed < Window * PoliteWindows)
        {
            answers.Add(AskAsync(http));
            var next = (pause * answers.Count) - clock.Elapsed;
            if (next > TimeSpan.Zero)
                await Task.Delay(next);
        }

        var refused = (await Task.WhenAll(answers)).Select(s => s == HttpStatusCode.TooManyRequests).ToList();
        list.Kill();
        await Task.WhenAny(listed);
        var (begin, later) = (refused.Take(Limit + 1).Count(r => r), refused.Skip(Limit / 2).ToList());
        return
        [
            Share("polite client", begin, Limit + 1, 0.45),
            Share("polite client, later", later.Count(r => r), later.Count, 0.95),
        ];
    }

    private static Finding Share(string scenario, int refused, int of, double least) => new(
        scenario, Finding.Invariant($"{refused} of {of} requests refused"), Finding.Invariant($"{1 - (refused / (double)of):P0}"), Finding.Invariant($">= {least:P0}"), 1 - (refused / (double)of) >= least);

    private static async Task<HttpStatusCode> AskAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/api/identity/v1/users?limit=1");
        return answer.StatusCode;
    }

    private static async Task<Process> StartAsync(EmulatorProcess emulator, TimeSpan window, string folder, int pages)
    {
        var process = ChildProcess.Start(emulator.SignInBy, Child, folder, pages.ToString(CultureInfo.InvariantCulture), window.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
                return process;
        }

        throw new InvalidOperationException("The process that lists did not start.");
    }

    private static async Task<double> GoAsync(Process process)
    {
        await process.StandardInput.WriteLineAsync();
        return double.Parse(await process.StandardOutput.ReadLineAsync() ?? "NaN", CultureInfo.InvariantCulture);
    }
}
