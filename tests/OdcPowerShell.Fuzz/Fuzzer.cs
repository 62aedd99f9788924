using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;

namespace OdcPowerShell.Fuzz;

/// <summary>Runs cases on all processors. A case is its number and the seed: the same two make the same input again.</summary>
internal sealed class Fuzzer(int seed, IReadOnlyList<Target> targets)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, string> _findings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, long> _running = new();
    private int _cases;
    private int _refused;

    internal int Cases => _cases;

    internal int Refused => _refused;

    /// <summary>One of each kind, with the case that shows it.</summary>
    internal IReadOnlyCollection<string> Findings => [.. _findings.Values];

    internal void Run(int cases)
    {
        using var watch = new Timer(_ => StopWhenHung(), state: null, Slow, Slow);
        Parallel.For(0, cases, number =>
        {
            _running[number] = Stopwatch.GetTimestamp();
            if (Judge(number) is { } finding)
                _findings.TryAdd(finding.Split(':')[0], $"case {number}: {finding}");
            if (_running.TryRemove(number, out var since) && Stopwatch.GetElapsedTime(since) > Slow)
                _findings.TryAdd(TargetOf(number).Name + " slow", $"case {number}: {TargetOf(number).Name} took {Stopwatch.GetElapsedTime(since).TotalSeconds:N0} s");
            Interlocked.Increment(ref _cases);
        });
    }

    /// <summary>Shows the input and the outcome of one case.</summary>
    internal int Show(int number)
    {
        var finding = Judge(number, Console.WriteLine);
        Console.WriteLine(finding ?? "nothing found");
        return finding is null ? 0 : 1;
    }

    private Target TargetOf(int number) => targets[number % targets.Count];

    private string? Judge(int number, Action<string>? tell = null)
    {
        var target = TargetOf(number);
        var mutator = new Mutator(new Random(unchecked(seed * 16_777_619) ^ number), tell);
        try
        {
            target.Run(mutator);
            return null;
        }
        catch (Exception e) when (e is OdcException or ArgumentTransformationMetadataException)
        {
            Interlocked.Increment(ref _refused);
            tell?.Invoke(e.ToString());
            return Holds(e, target.Secret) ? $"{target.Name} secret in {e.GetType().Name}: {e.Message}" : null;
        }
        catch (Exception e)
        {
            tell?.Invoke(e.ToString());
            return $"{target.Name} {e.GetType().Name} {Place(e)}: {e.Message}";
        }
    }

    private static bool Holds(Exception e, string? secret) => secret is not null && e.ToString().Contains(secret, StringComparison.Ordinal);

    /// <summary>The module's own method nearest to the exception.</summary>
    private static string Place(Exception e) =>
        new StackTrace(e).GetFrames().Select(f => f.GetMethod()).FirstOrDefault(m => m?.DeclaringType?.Namespace?.StartsWith("OdcPowerShell", StringComparison.Ordinal) == true) is { } method
            ? $"in {method.DeclaringType!.Name}.{method.Name}" : "";

    private void StopWhenHung()
    {
        foreach (var (number, since) in _running.Where(r => Stopwatch.GetElapsedTime(r.Value) > Slow * 6))
        {
            Console.WriteLine($"FOUND case {number}: {TargetOf(number).Name} hangs.");
            Environment.Exit(1);
        }
    }
}
