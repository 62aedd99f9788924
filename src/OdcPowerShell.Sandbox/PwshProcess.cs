using System.ComponentModel;
using System.Diagnostics;
using OdcPowerShell.Sandbox.Engine;

namespace OdcPowerShell.Sandbox;

/// <summary>The machine's own PowerShell, started with the module imported and connected.</summary>
internal static class PwshProcess
{
    public static async Task<int> RunAsync(string? script)
    {
        var start = new ProcessStartInfo("pwsh") { UseShellExecute = false };
        start.ArgumentList.Add("-NoLogo");
        if (script is null) start.ArgumentList.Add("-NoExit");
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add($"Import-Module {ScriptText.Quote(ModuleManifest.Find())}; Connect-Odc -EnvironmentVariable -Name acme\n{script}");
        try
        {
            using var process = Process.Start(start) ?? throw new Win32Exception();
            // Ctrl+C reaches both processes; it is pwsh's to answer.
            Console.CancelKeyPress += (_, press) => press.Cancel = true;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            await Console.Error.WriteLineAsync("There is no pwsh on the PATH: install PowerShell 7, or leave -Pwsh out.");
            return 1;
        }
    }
}
