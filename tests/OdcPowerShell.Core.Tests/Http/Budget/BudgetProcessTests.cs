#if !NETFRAMEWORK
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace OdcPowerShell.Core.Tests.Http.Budget;

/// <summary>The budget between real processes, some of which are killed.</summary>
public sealed class BudgetProcessTests : IDisposable
{
    private const int Window = 800;
    private const int Limit = 40;
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _processes = [];
    private readonly ConcurrentQueue<(Process Process, string Line)> _lines = [];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Sixteen_processes_of_which_half_are_killed_keep_to_the_limit_and_none_starves()
    {
        var killed = Enumerable.Range(0, 8).Select(i => Start("send", count: 100, atOnce: 3, latency: 15, last: 2 + i)).ToList();
        var living = Enumerable.Range(0, 8).Select(_ => Start("send", count: 20, atOnce: 3, latency: 15)).ToList();
        await EndedAsync([.. killed, .. living]);
        Assert.All(living, p => Assert.Equal("done", _lines.Last(l => l.Process == p && l.Line.Length > 0).Line));
        Assert.All(living, p => Assert.Equal(20, _lines.Count(l => l.Process == p && l.Line.StartsWith("came", StringComparison.Ordinal))));
        Assert.DoesNotContain(_lines, l => killed.Contains(l.Process) && l.Line == "done");
        KeepsToTheLimit();
    }

    [Fact]
    public async Task Two_processes_need_hardly_longer_than_the_limit_demands()
    {
        var processes = Enumerable.Range(0, 2).Select(_ => Start("send", count: 100, atOnce: 8, latency: 5)).ToList();
        await EndedAsync(processes);
        var requests = KeepsToTheLimit();
        Assert.Equal(200, requests.Count);
        // Five windows of 40: four must pass. The benchmark measures how little more it is.
        var took = requests.Max(r => r.Left) - requests.Min(r => r.Left);
        Assert.InRange(took.TotalMilliseconds, Window * 4, Window * 6);
        // Both were served all the time: neither ended long before the other had its half.
        Assert.All(processes, p => Assert.True(requests.Where(r => r.Left < requests.Min(x => x.Left) + TimeSpan.FromTicks(took.Ticks / 2)).Count(r => r.Process == p) > 25));
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_has_the_file_blocks_nobody()
    {
        var keeper = Start("keep");
        await SeenAsync(keeper, "open");
        var sender = Start("send", count: 5, atOnce: 1, latency: 1);
        await Task.Delay(300);
        Assert.DoesNotContain(_lines, l => l.Process == sender);
        keeper.Kill();
        await SeenAsync(sender, "done");
    }

    [Fact]
    public async Task A_process_that_never_lets_go_of_the_file_blocks_nobody_for_long()
    {
        var keeper = Start("keep");
        await SeenAsync(keeper, "open");
        var sender = Start("send", count: 5, atOnce: 1, latency: 1);
        await sender.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains(_lines, l => l.Process == sender && l.Line.Contains("another process does not close a file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_files_cannot_be_locked_a_process_counts_alone()
    {
        var sender = Start("send", count: 5, atOnce: 1, latency: 1, noLocks: true);
        await sender.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains(_lines, l => l.Process == sender && l.Line.Contains("files can't be locked there", StringComparison.Ordinal));
    }

    private Process Start(string what, int count = 0, int atOnce = 0, int latency = 0, int last = 0, bool noLocks = false)
    {
        var program = typeof(BudgetProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BudgetProcess").Value!;
        var numbers = new[] { Window, Limit, count, atOnce, latency, last }.Select(n => n.ToString(CultureInfo.InvariantCulture));
        var start = new ProcessStartInfo("dotnet", [program, what, _folder.Path, .. numbers]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["DOTNET_TieredPGO"] = "0";
        if (noLocks)
            start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => _lines.Enqueue((process, e.Data ?? ""));
        process.Start();
        process.BeginOutputReadLine();
        _processes.Add(process);
        return process;
    }

    private static Task EndedAsync(List<Process> processes) =>
        Task.WhenAll(processes.Select(p => p.WaitForExitAsync(TestContext.Current.CancellationToken))).WaitAsync(TimeSpan.FromSeconds(60));

    private async Task SeenAsync(Process process, string line)
    {
        for (var waited = 0; !_lines.Contains((process, line)); waited++)
        {
            Assert.True(waited < 1000, $"\"{line}\" was not written.");
            await Task.Delay(20);
        }
    }

    /// <summary>The service may count a request at any moment between its leaving and its answer: both ends are the worst.</summary>
    private List<(Process Process, TimeSpan Left)> KeepsToTheLimit()
    {
        var requests = new Dictionary<(Process, string), (TimeSpan Left, TimeSpan Came)>();
        foreach (var (process, line) in _lines)
        {
            if (line.Split(' ') is not [var what, var number, var ticks])
                continue;
            var at = TimeSpan.FromTicks(long.Parse(ticks, CultureInfo.InvariantCulture));
            requests[(process, number)] = what == "left" ? (at, at) : (requests[(process, number)].Left, at);
        }

        foreach (var pick in (Func<(TimeSpan Left, TimeSpan Came), int, TimeSpan>[])[(r, _) => r.Left, (r, _) => r.Came, (r, i) => i % 2 == 0 ? r.Left : r.Came])
        {
            var counted = requests.Values.Select(pick).Order().ToList();
            for (var i = Limit; i < counted.Count; i++)
                Assert.True((counted[i] - counted[i - Limit]).TotalMilliseconds >= Window, $"{Limit + 1} requests in {(counted[i] - counted[i - Limit]).TotalMilliseconds} ms.");
        }

        return [.. requests.Select(r => (r.Key.Item1, r.Value.Left))];
    }
}
#endif
