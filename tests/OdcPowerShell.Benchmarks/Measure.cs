using System.Diagnostics;

namespace OdcPowerShell.Benchmarks;

/// <summary>Alternating runs, so that whatever else the machine does meets both sides alike.</summary>
internal static class Measure
{
    internal const int Runs = 5;

    /// <summary>The median milliseconds of each side, after one run of each that is not counted.</summary>
    internal static async Task<double[]> AlternateAsync(params Func<Task>[] sides)
    {
        var times = sides.Select(_ => new List<double>()).ToArray();
        for (var run = 0; run <= Runs; run++)
        {
            for (var i = 0; i < sides.Length; i++)
            {
                GC.Collect();
                var clock = Stopwatch.StartNew();
                await sides[i]();
                if (run > 0)
                    times[i].Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        return [.. times.Select(Median)];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
