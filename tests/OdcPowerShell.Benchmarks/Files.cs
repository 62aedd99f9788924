using System.Reflection;

namespace OdcPowerShell.Benchmarks;

/// <summary>Where the builds under measurement are; all of the configuration that this program was built in.</summary>
internal static class Files
{
    private static readonly string s_repository = FindRepository();

    /// <summary>What a user imports.</summary>
    internal static string Manifest { get; } = Path.Combine(s_repository, "OdcPowerShell.psd1");

    /// <summary>The assembly that this program is compiled against, so that both sides of a comparison use the same models.</summary>
    internal static string Module { get; } = Path.Combine(AppContext.BaseDirectory, "OdcPowerShell.dll");

    internal static string Emulator { get; } = Built("Emulator");

    internal static string EmptyModule { get; } = Built("EmptyModule");

    /// <summary>The script that compares in a full PowerShell.</summary>
    internal static string CompareUsers { get; } = Path.Combine(s_repository, "tests", "OdcPowerShell.Benchmarks", "Compare-Users.ps1");

    /// <summary>The script with the first steps of a process.</summary>
    internal static string CompareColdStart { get; } = Path.Combine(s_repository, "tests", "OdcPowerShell.Benchmarks", "Compare-ColdStart.ps1");

    /// <summary>The project of the module, which stages what a package has.</summary>
    internal static string Project { get; } = Path.Combine(s_repository, "src", "OdcPowerShell", "OdcPowerShell.csproj");

    /// <summary>The pinned PowerShell.</summary>
    internal static string Pwsh { get; } = Metadata("Pwsh");

    private static string Built(string name) => Path.GetFullPath(Path.Combine(s_repository, Metadata(name)));

    private static string Metadata(string name) => typeof(Files).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OdcPowerShell.psd1")))
            folder = folder.Parent ?? throw new InvalidOperationException("This program runs only from inside the repository.");
        return folder.FullName;
    }
}
