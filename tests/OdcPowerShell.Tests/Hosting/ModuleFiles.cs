namespace OdcPowerShell.Tests.Hosting;

/// <summary>Where the build under test and the repository's files are.</summary>
internal static class ModuleFiles
{
    /// <summary>The build under test: net8.0 in one test project, netstandard2.0 in the other.</summary>
    internal static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "OdcPowerShell.dll");

    internal static string Framework { get; } = typeof(ModuleFiles).Assembly
        .GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), inherit: false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(a => a.Key == "ModuleFramework").Value!;

    internal static string Repository { get; } = Find(AppContext.BaseDirectory, "OdcPowerShell.psd1");

    internal static string Manifest { get; } = Path.Combine(Repository, "OdcPowerShell.psd1");

    internal static string FormatFile { get; } = Path.Combine(Repository, "module", "bin", "OdcPowerShell.Format.ps1xml");

    /// <summary>The folder with the official specifications, which stands beside the repository; null where it is absent.</summary>
    internal static string? Specifications { get; } = Existing(Path.Combine(Repository, "..", "shared", "api"));

    private static string? Existing(string folder) => Directory.Exists(folder) ? Path.GetFullPath(folder) : null;

    private static string Find(string from, string file)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, file)))
                return folder.FullName;
        }

        throw new InvalidOperationException($"{file} is not in any folder above {from}.");
    }
}
