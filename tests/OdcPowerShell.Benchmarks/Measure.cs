using System.Diagnostics;

namespace OdcPowerShell.Benchmarks;

/// <summary>Alternating runs, so that whatever else the machine does meets both sides alike.</summary>
internal static class Measure
{
    internal const int Runs = 5;

    /// <summary>The medians of each side, after one run of each that is not counted.</summary>
    internal static Task<Cost[]> AlternateAsync(params Func<Task>[] sides) => AlternateAsync(warm: 1, sides);

    /// <summary>The medians of each side, after runs of each that are not counted: the runtime compiles again what runs often.</summary>
    internal static async Task<Cost[]> AlternateAsync(int warm, params Func<Task>[] sides)
    {
        var costs = sides.Select(_ => new List<Cost>()).ToArray();
        for (var run = -warm; run < Runs; run++)
        {
            for (var i = 0; i < sides.Length; i++)
            {
                GC.Collect();
                var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                await sides[i]();
                if (run >= 0)
                    costs[i].Add(new Cost(clock.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds));
            }
        }

        return [.. costs.Select(side => new Cost(Median(side.Select(c => c.Wall)), Median(side.Select(c => c.Cpu))))];
    }

    internal static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}

/// <summary>Milliseconds that work took, and those that this process computed for it: work done ahead is in both.</summary>
internal sealed record Cost(double Wall, double Cpu);
