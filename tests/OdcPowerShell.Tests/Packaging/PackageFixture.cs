using System.IO.Compression;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>
/// What dotnet pack makes, once for all tests of this folder, from the build that is tested: into a folder of its own, and without building, so
/// that no test beside these finds its files changed.
/// </summary>
public sealed class PackageFixture : IAsyncLifetime
{
    private static readonly string[] NugetParts = ["_rels/", "package/", "[Content_Types].xml", "OdcPowerShell.nuspec"];

    internal string Folder { get; } = Directory.CreateTempSubdirectory("odc-package-").FullName;

    internal static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The names of all packages that were made.</summary>
    internal IReadOnlyList<string> Packages { get; private set; } = [];

    internal string Tool => Path.Combine(Folder, "tool");

    /// <summary>The folder of the module as a package manager would install it, below what PSModulePath names.</summary>
    internal string Installed => Path.Combine(Folder, "Modules", "OdcPowerShell", (string)ManifestFile.Read()["ModuleVersion"]!);

    public async ValueTask InitializeAsync()
    {
        await PackAsync(Folder);
        Packages = [.. Directory.EnumerateFiles(Folder, "*.nupkg", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        using var package = OpenPackage();
        foreach (var part in ModuleParts(package))
        {
            var file = Path.Combine(Installed, part.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await part.ExtractToFileAsync(file);
        }
    }

    /// <summary>Packs the same build into a folder; of one project, or all.</summary>
    internal static Task PackAsync(string folder, string? project = null, params string[] properties) => Program.RunAsync(
        "dotnet",
        ["pack", .. project is null ? Array.Empty<string>() : [project], "--no-build", "--configuration", Configuration, "-maxCpuCount:1", "-nodeReuse:false", $"-property:PackageRoot={folder}/", .. properties.Select(p => "-property:" + p)]);

    internal string Package => Path.Combine(Folder, "module", PackageName);

    internal static string PackageName => $"OdcPowerShell.{ManifestFile.Version}.nupkg";

    internal ZipArchive OpenPackage() => ZipFile.OpenRead(Package);

    internal ZipArchive OpenZip() => ZipFile.OpenRead(Path.Combine(Folder, "automation", "OdcPowerShell.zip"));

    /// <summary>What is in the package for PowerShell, and not for its gallery.</summary>
    internal static IEnumerable<ZipArchiveEntry> ModuleParts(ZipArchive package) =>
        package.Entries.Where(e => !Array.Exists(NugetParts, p => e.FullName.StartsWith(p, StringComparison.Ordinal)));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

[CollectionDefinition("Package")]
public sealed class PackageCollection : ICollectionFixture<PackageFixture>;
