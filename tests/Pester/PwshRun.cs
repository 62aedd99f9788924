using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace OdcPowerShell.Pester.Tests;

/// <summary>Run.ps1 in the pinned pwsh, whose home, modules and temporary files are in a folder that is deleted afterwards.</summary>
internal sealed class PwshRun : IAsyncDisposable
{
    private const int LinesToKeep = 40;

    /// <summary>No test is silent that long; without the limit one that hangs would keep the whole run.</summary>
    internal static readonly TimeSpan SilenceLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly Queue<string> _lines = [];
    private readonly string _folder;
    private readonly LabServer _labs;
    private readonly Process _process;

    private PwshRun(string folder, LabServer labs, ProcessStartInfo start)
    {
        (_folder, _labs) = (folder, labs);
        start.Environment["LAB_MARK"] = _mark;
        start.Environment["LAB_SERVER"] = labs.Url;
        _process = Process.Start(start)!;
        // Whatever asks for input gets none.
        _process.StandardInput.Close();
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>What was printed last, results aside.</summary>
    internal string LastLines
    {
        get
        {
            lock (_lines)
                return string.Join(Environment.NewLine, _lines);
        }
    }

    internal static async Task<PwshRun> StartAsync(string suite, bool listOnly)
    {
        var folder = Directory.CreateTempSubdirectory("odc-pester-").FullName;
        Isolate(folder);
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] arguments = [Metadata("Pwsh"), "-NoProfile", "-NonInteractive", "-File", Path.Combine(Metadata("Suites"), "Run.ps1")];
        var start = new ProcessStartInfo(dotnet, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["LAB_SUITE"] = suite;
        start.Environment["LAB_LIST"] = listOnly ? "1" : "";
        return new PwshRun(folder, await LabServer.StartAsync(), start);
    }

    /// <returns>The JSON of the next result, or null at the end of the output; throws <see cref="TimeoutException"/> when nothing is printed.</returns>
    internal async Task<string?> ReadResultAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(SilenceLimit, cancellationToken) is { } line)
        {
            if (line.StartsWith(_mark, StringComparison.Ordinal))
                return line[_mark.Length..];
            Keep(line);
        }

        return null;
    }

    /// <returns>The exit code, or null when pwsh still runs though its output has ended.</returns>
    internal int? WaitForExitCode() => _process.WaitForExit(Patience) ? _process.ExitCode : null;

    public async ValueTask DisposeAsync()
    {
        if (!_process.WaitForExit(Patience))
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit(Patience);
        _process.Dispose();
        await _labs.DisposeAsync();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that is just ending may still have a file open there; the system's own cleaning takes the rest.
        }
    }

    private static string Metadata(string key) =>
        typeof(PwshRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>Where the caller's own pwsh would look for modules.</summary>
    private static string CallersModulePath()
    {
        var shared = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles) : "/usr/local/share";
        var own = Environment.GetFolderPath(
            OperatingSystem.IsWindows() ? Environment.SpecialFolder.MyDocuments : Environment.SpecialFolder.LocalApplicationData);
        var product = OperatingSystem.IsWindows() ? "PowerShell" : "powershell";
        return string.Join(
            Path.PathSeparator,
            Environment.GetEnvironmentVariable("PSModulePath"),
            Path.Combine(own, product, "Modules"),
            Path.Combine(shared, product, "Modules"));
    }

    /// <summary>Puts everything of the user's out of reach of this process and those it starts: home, settings, modules, tools, connections.</summary>
    private static void Isolate(string folder)
    {
        Set("LAB_SOURCES", CallersModulePath());
        Set("LAB_PESTER", Metadata("Pester"));
        Set("LAB_HOME", folder);
        Set("LAB_PROGRAM", typeof(PwshRun).Assembly.Location);
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("ODC_", StringComparison.OrdinalIgnoreCase))
                Set(name, null);
        }

        foreach (var name in (ReadOnlySpan<string>)["HOME", "USERPROFILE", "DOTNET_CLI_HOME"])
            Set(name, Folder("home"));
        Set("XDG_CONFIG_HOME", Folder("home/.config"));
        Set("XDG_DATA_HOME", Folder("home/.local/share"));
        Set("XDG_STATE_HOME", Folder("home/.local/state"));
        Set("XDG_CACHE_HOME", Folder("home/.cache"));
        Set("APPDATA", Folder("home/AppData/Roaming"));
        Set("LOCALAPPDATA", Folder("home/AppData/Local"));
        foreach (var name in (ReadOnlySpan<string>)["TMPDIR", "TMP", "TEMP"])
            Set(name, Folder("temp"));
        Set("PSModulePath", Folder("modules"));
        // The suites pack the module, with the packages that the build restored, and start pwsh by its own program.
        Set("NUGET_PACKAGES", Metadata("Packages"));
        Set("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")));
        foreach (var name in (ReadOnlySpan<string>)["DOTNET_NOLOGO", "DOTNET_CLI_TELEMETRY_OPTOUT", "POWERSHELL_TELEMETRY_OPTOUT", "NO_COLOR"])
            Set(name, "1");
        Set("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false");
        // Processes that live for seconds gain nothing from profiles of themselves, from code compiled twice, from a collector thread, or from protected code pages.
        Set("DOTNET_TieredPGO", "0");
        Set("DOTNET_TC_CallCounting", "0");
        Set("DOTNET_gcConcurrent", "0");
        Set("DOTNET_EnableWriteXorExecute", "0");

        static void Set(string name, string? value) => Environment.SetEnvironmentVariable(name, value);
        string Folder(string path) => Directory.CreateDirectory(Path.Combine(folder, path)).FullName;
    }

    private void Keep(string? line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line ?? "");
            if (_lines.Count > LinesToKeep)
                _lines.Dequeue();
        }
    }
}
