using System.Diagnostics;

namespace OdcPowerShell.Benchmarks;

/// <summary>The pinned PowerShell in processes of its own, which find the emulator in their environment.</summary>
internal static class Pwsh
{
    /// <returns>What it wrote; throws <see cref="InvalidOperationException"/> when it failed.</returns>
    internal static async Task<string> RunAsync(EmulatorProcess emulator, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Files.Pwsh, "-NoProfile", "-NonInteractive", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        emulator.SignInBy(start.Environment);
        start.Environment["ODC_TOKEN_ENDPOINT"] = emulator.TokenEndpoint.ToString();
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"pwsh {string.Join(' ', arguments)} ended with {process.ExitCode}: {text}");
    }
}
