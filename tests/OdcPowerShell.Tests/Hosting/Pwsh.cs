using System.Diagnostics;
using System.Reflection;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>The pinned pwsh in a process of its own. It sees nothing of the user's: its home is an empty folder, and with it profile, history, modules and vaults.</summary>
internal sealed class Pwsh : IDisposable
{
    // PSResourceGet installs below HOME whatever XDG_DATA_HOME says: both mean the same folder.
    private static readonly (string Name, string Folder)[] Homes =
    [
        ("HOME", ""), ("USERPROFILE", ""), ("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", ".local/share"), ("XDG_CACHE_HOME", ".cache"), ("XDG_STATE_HOME", ".local/state"),
        ("APPDATA", "AppData/Roaming"), ("LOCALAPPDATA", "AppData/Local"),
    ];

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("odc-pwsh-");

    /// <summary>The program file, which <c>dotnet</c> runs.</summary>
    internal static string Program { get; } = typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Pwsh").Value!;

    /// <summary>The folder in which scripts run.</summary>
    internal string Folder => _home.CreateSubdirectory("work").FullName;

    /// <summary>What the scripts find in their environment besides.</summary>
    internal Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs a script that is a file of its own, as <c>pwsh -File</c> does.</summary>
    internal Task<Ended> RunAsync(string script)
    {
        var file = Path.Combine(_home.FullName, Path.GetRandomFileName() + ".ps1");
        File.WriteAllText(file, script);
        return StartAsync("dotnet", Program, "-NoLogo", "-NoProfile", "-NonInteractive", "-File", file);
    }

    /// <summary>Runs any program in the same surroundings.</summary>
    internal async Task<Ended> StartAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("ODC_", StringComparison.Ordinal) || k is "PSModulePath").ToList())
            start.Environment.Remove(name);
        // The package folder stays the machine's: it is where the build found pwsh.
        start.Environment.TryAdd("NUGET_PACKAGES", Path.GetFullPath(Path.Combine(Program, "..", "..", "..", "..", "..", "..", "..")));
        foreach (var (name, folder) in Homes)
            start.Environment[name] = Directory.CreateDirectory(Path.Combine(_home.FullName, folder)).FullName;
        start.Environment.Remove("PSModuleAnalysisCachePath");
        start.Environment["NO_COLOR"] = "1";
        // Processes that live for seconds: as in Directory.Build.props of the tests.
        foreach (var name in (ReadOnlySpan<string>)["DOTNET_TieredPGO", "DOTNET_TC_CallCounting", "DOTNET_gcConcurrent", "DOTNET_EnableWriteXorExecute"])
            start.Environment[name] = "0";
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, await output, await error);
    }

    public void Dispose() => _home.Delete(recursive: true);

    /// <summary>What came of a program.</summary>
    internal sealed record Ended(int Code, string Output, string Error)
    {
        /// <summary>The output of a program that must have succeeded.</summary>
        internal string Succeeded()
        {
            Assert.Equal((0, Output + Error), (Code, Output + Error));
            return Output;
        }
    }
}
