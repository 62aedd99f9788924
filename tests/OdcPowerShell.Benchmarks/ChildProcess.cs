using System.Collections;
using System.Diagnostics;

namespace OdcPowerShell.Benchmarks;

/// <summary>This program as a process of its own, for scenarios that need several.</summary>
internal static class ChildProcess
{
    // The tests' surroundings, which this program has too, take away the variables of Connect-Odc; under this name they pass.
    private const string Prefix = "BENCHMARK_";

    /// <param name="signInBy">Sets the variables in which Connect-Odc -EnvironmentVariable finds the tenant.</param>
    /// <param name="arguments">The hidden arguments.</param>
    internal static Process Start(Action<IDictionary<string, string?>> signInBy, params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, isHost ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        signInBy(variables);
        foreach (var (name, value) in variables)
            start.Environment[Prefix + name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Takes over the variables in the process that was started.</summary>
    internal static void Enter()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith(Prefix, StringComparison.Ordinal))
                Environment.SetEnvironmentVariable(name[Prefix.Length..], (string?)variable.Value);
        }
    }
}
