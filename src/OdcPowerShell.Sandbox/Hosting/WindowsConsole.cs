using System.Runtime.InteropServices;

namespace OdcPowerShell.Sandbox.Hosting;

/// <summary>Windows consoles print escape codes as text until they are told to obey them.</summary>
internal static class WindowsConsole
{
    private const int StandardOutput = -11;
    private const uint EnableVirtualTerminalProcessing = 4;

    public static bool TryEnableEscapeCodes()
    {
        if (!OperatingSystem.IsWindows() || Console.IsOutputRedirected) return true;
        var output = GetStdHandle(StandardOutput);
        return GetConsoleMode(output, out var mode) && SetConsoleMode(output, mode | EnableVirtualTerminalProcessing);
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr GetStdHandle(int handle);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool GetConsoleMode(IntPtr console, out uint mode);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool SetConsoleMode(IntPtr console, uint mode);
}
