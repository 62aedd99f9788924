namespace OdcPowerShell.Sandbox.Engine;

internal static class ModuleManifest
{
    private const string Name = "OdcPowerShell.psd1";

    /// <exception cref="FileNotFoundException">No folder above this program holds the module's manifest.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, Name);
            if (File.Exists(manifest)) return manifest;
        }

        throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} holds {Name}: run the sandbox from a clone.");
    }
}
