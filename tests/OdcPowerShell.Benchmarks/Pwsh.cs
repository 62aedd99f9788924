using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OdcPowerShell.Benchmarks.Scenarios;

namespace OdcPowerShell.Benchmarks;

/// <summary>The full PowerShell of this machine, which has the real Invoke-RestMethod.</summary>
internal static class Pwsh
{
    private const string Name = "pwsh";

    internal static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? Name + ".exe" : Name)));

    /// <summary>All users through the module and through a page loop over Invoke-RestMethod, both in one process.</summary>
    internal static async Task<Finding[]> UsersAsync(EmulatorProcess emulator)
    {
        string[] arguments =
            ["-NoProfile", "-NonInteractive", "-File", Files.CompareUsers, "-Manifest", Files.Manifest, "-Runs", Measure.Runs.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(Name, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        emulator.SignInBy(start.Environment);
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Files.CompareUsers} failed.");
        using var found = JsonDocument.Parse(text);
        var (ours, theirs) = (Read(found, "module"), Read(found, "loop"));
        return
        [
            Finding.Faster("users in pwsh", ours.Wall, "Invoke-RestMethod", theirs.Wall, 8),
            Finding.Faster("users in pwsh, CPU", ours.Cpu, "Invoke-RestMethod", theirs.Cpu, 8),
        ];
    }

    private static Cost Read(JsonDocument found, string side)
    {
        var figures = found.RootElement.GetProperty(side);
        Users.Require(figures.GetProperty("count").GetInt32());
        return new Cost(figures.GetProperty("wall").GetDouble(), figures.GetProperty("cpu").GetDouble());
    }
}
