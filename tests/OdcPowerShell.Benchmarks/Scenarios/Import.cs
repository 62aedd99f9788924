using System.Diagnostics;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>A process that starts an engine, imports the module of the package and ends.</summary>
internal static class Import
{
    /// <summary>The hidden argument with which this program runs as that process.</summary>
    internal const string Child = "--import-only";

    internal static async Task<IEnumerable<Finding>> RunAsync()
    {
        var manifest = await PackagedModule.StageAsync();
        var times = await Measure.AlternateAsync(() => ImportAsync(manifest), () => ImportAsync(Files.EmptyModule));
        return [Finding.AtMost("import", times[0].Wall, "empty module", times[1].Wall, 1.5)];
    }

    private static async Task ImportAsync(string module)
    {
        using var process = Process.Start(Environment.ProcessPath!, [Child, module]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The import of {module} failed.");
    }
}
