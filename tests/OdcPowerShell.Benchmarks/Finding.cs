using System.Globalization;

namespace OdcPowerShell.Benchmarks;

/// <summary>What a scenario found: the figures of both sides, what they come to, and what they were to come to.</summary>
internal sealed record Finding(string Scenario, string Figures, string Result, string Target, bool Met)
{
    internal static Finding AtMost(string scenario, double ours, string baseline, double theirs, double ratio) => new(
        scenario, Figure(ours, baseline, theirs), Times(ours / theirs), $"<= {Times(ratio)}", ours / theirs <= ratio);

    internal static Finding Faster(string scenario, double ours, string baseline, double theirs, double ratio) => new(
        scenario, Figure(ours, baseline, theirs), Times(theirs / ours) + " faster", $">= {Times(ratio)} faster", theirs / ours >= ratio);

    internal static Finding Count(string scenario, double ours, int count, string unit, int target) => new(
        scenario, Invariant($"module {ours:N0} ms"), Invariant($"{count} {unit}"), Invariant($"<= {target} {unit}"), count <= target);

    internal static Finding Requests(string scenario, double milliseconds, int sent, int fewest, double ratio) => new(
        scenario, Invariant($"module {milliseconds:N0} ms, {sent} requests, {fewest} at least"), Times((double)sent / fewest), $"<= {Times(ratio)}", sent <= fewest * ratio);

    internal static Finding Within(string scenario, double milliseconds, double target) => new(
        scenario, Invariant($"{milliseconds:0.0} ms"), Invariant($"{milliseconds:0} ms"), Invariant($"<= {target:0} ms"), milliseconds <= target);

    internal static Finding Exactly(string scenario, int count, string unit, int target) => new(
        scenario, Invariant($"{count} {unit}"), Invariant($"{count}"), Invariant($"{target}"), count == target);

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public override string ToString() => $"{Scenario,-20} {Figures,-56} {Result,-14} target {Target,-16} {(Met ? "met" : "MISSED")}";

    private static string Figure(double ours, string baseline, double theirs) => Invariant($"module {ours:N0} ms, {baseline} {theirs:N0} ms");

    private static string Times(double ratio) => Invariant($"{ratio:0.00}x");
}
