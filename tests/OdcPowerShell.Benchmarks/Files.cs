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

    private static string Built(string name)
    {
        var path = typeof(Files).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
        return Path.GetFullPath(Path.Combine(s_repository, path));
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OdcPowerShell.psd1")))
            folder = folder.Parent ?? throw new InvalidOperationException("This program runs only from inside the repository.");
        return folder.FullName;
    }
}
