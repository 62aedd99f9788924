using System.Diagnostics;
using System.Globalization;

namespace OdcPowerShell.Fuzz;

/// <summary>
/// Feeds the module what no service and no user should send: mutated answers, sign-in answers, names, keys, addresses and rows. Whatever
/// comes out but a documented error is a finding: another exception, a hang, or a secret in a message.
/// </summary>
internal static class Program
{
    private const string Usage = "usage: [--cases 1000000] [--seed 1] [--target NAME] [--one CASE]";

    private static int Main(string[] args)
    {
        if (args.Length % 2 != 0)
        {
            Console.WriteLine(Usage);
            return 2;
        }

        var options = args.Chunk(2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1], StringComparer.Ordinal);
        var targets = Target.All.Where(t => !options.TryGetValue("target", out var only) || t.Name == only).ToList();
        if (targets.Count == 0)
        {
            Console.WriteLine($"There is no such target; there are {string.Join(", ", Target.All.Select(t => t.Name))}.");
            return 2;
        }

        var fuzzer = new Fuzzer(Number("seed", 1), targets);
        if (options.ContainsKey("one"))
            return fuzzer.Show(Number("one", 0));
        var clock = Stopwatch.StartNew();
        fuzzer.Run(Number("cases", 1_000_000));
        Console.WriteLine($"{fuzzer.Cases:N0} cases in {clock.Elapsed.TotalSeconds:N0} s, {fuzzer.Refused:N0} refused with an error of the module, {fuzzer.Findings.Count} kinds of findings.");
        foreach (var finding in fuzzer.Findings)
            Console.WriteLine($"FOUND {finding}");
        return fuzzer.Findings.Count == 0 ? 0 : 1;

        int Number(string name, int usual) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
    }
}
