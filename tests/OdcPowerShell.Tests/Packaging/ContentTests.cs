using OdcPowerShell.Tests.Conventions;
using OdcPowerShell.Tests.Samples;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>The files that are shipped: these and no others.</summary>
[Collection("Package")]
public sealed class ContentTests(PackageFixture package)
{
    private static readonly string[] Topics = ["about_Odc", "about_OdcAuthentication", "about_OdcAutomation", "about_OdcErrors", "about_OdcOperations", "about_OdcRateLimits", "about_OdcTenantFiles"];

    private static IEnumerable<string> Expected =>
    [
        "LICENSE", "OdcPowerShell.cdx.json", "OdcPowerShell.psd1", "OdcPowerShell.sha256", "README.md", "icon.png", "module/AGENTS.md", "module/bin/OdcPowerShell.Format.ps1xml", "module/OdcPowerShell.psm1", "module/THIRD-PARTY-NOTICES.txt",
        .. SampleFile.Scripts.Concat(SampleFile.Pipelines).Select(s => "module/samples/" + s), .. Build("net8.0"), .. Build("netstandard2.0"), .. CompiledTests.Runtimes.SelectMany(Build), .. LibraryPackage.Shipped.Select(l => $"module/bin/netstandard2.0/{l.Name}.dll"),
    ];

    private static IEnumerable<string> Build(string framework) =>
        Topics.Select(t => $"en-US/{t}.help.txt").Concat(["OdcPowerShell.dll", "OdcPowerShell.Core.dll", "en-US/OdcPowerShell.dll-Help.xml"]).Select(f => $"module/bin/{framework}/{f}");

    [Fact]
    public void The_package_has_the_module_and_its_licences_and_nothing_else()
    {
        using var nupkg = package.OpenPackage();
        Assert.Equal(Expected.Order(StringComparer.Ordinal), PackageFixture.ModuleParts(nupkg).Select(e => e.FullName).Order(StringComparer.Ordinal));
    }

    /// <summary>Azure Automation takes a zip with one folder, named like the zip and like the manifest in it.</summary>
    [Fact]
    public void The_zip_holds_one_folder_with_the_same_files_as_the_package()
    {
        using var nupkg = package.OpenPackage();
        using var zip = package.OpenZip();
        Assert.Equal(
            PackageFixture.ModuleParts(nupkg).Select(e => ($"OdcPowerShell/{e.FullName}", e.Crc32)).Order(),
            zip.Entries.Where(e => !e.FullName.EndsWith('/')).Select(e => (e.FullName, e.Crc32)).Order());
    }

    [Fact]
    public void They_are_the_files_that_are_tested()
    {
        foreach (var framework in new[] { "net8.0", "netstandard2.0" })
        {
            var build = Path.Combine(ModuleFiles.Repository, "src", "OdcPowerShell", "bin", PackageFixture.Configuration, framework);
            foreach (var assembly in Directory.EnumerateFiles(Path.Combine(package.Installed, "module", "bin", framework), "*.dll"))
                Assert.Equal(File.ReadAllBytes(Path.Combine(build, Path.GetFileName(assembly))), File.ReadAllBytes(assembly));
            // The one file of views is what either build would have.
            Assert.Equal(File.ReadAllBytes(Path.Combine(build, "OdcPowerShell.Format.ps1xml")), File.ReadAllBytes(Path.Combine(package.Installed, "module", "bin", "OdcPowerShell.Format.ps1xml")));
        }

        Assert.Equal(File.ReadAllBytes(ModuleFiles.Assembly), File.ReadAllBytes(Path.Combine(package.Installed, "module", "bin", "net8.0", "OdcPowerShell.dll")));
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void What_an_assembly_references_is_shipped_in_that_version_or_part_of_what_it_runs_on(string framework)
    {
        var shipped = Directory.EnumerateFiles(Path.Combine(package.Installed, "module", "bin", framework), "*.dll").Select(Binary.Read).ToList();
        var runtime = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        Faults.None(from assembly in shipped
                    from reference in assembly.References
                    where reference.Name is not ("netstandard" or "System.Management.Automation")
                    where shipped.Find(s => s.Name == reference.Name) is { } found ? found.Version != reference.Version : !IsOfTheRuntime(reference)
                    select $"{framework}: {assembly.Name} references {reference.Name} {reference.Version}");

        // PowerShell 7.4 runs on .NET 8; Windows PowerShell brings nothing in the versions that are referenced.
        bool IsOfTheRuntime((string Name, Version Version) reference) => framework == "net8.0" && reference.Version.Major <= 8 && runtime.Contains(reference.Name);
    }

    [Fact]
    public void The_notices_name_the_libraries_of_others_and_no_other()
    {
        var notices = File.ReadAllText(Path.Combine(package.Installed, "module", "THIRD-PARTY-NOTICES.txt")).ReplaceLineEndings("\n");
        var shipped = Directory.EnumerateFiles(package.Installed, "*.dll", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(name => !name.StartsWith("OdcPowerShell", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(shipped, notices.Split('\n').Where(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l.Trim()));
        // The licence that their packages name.
        Assert.All(LibraryPackage.Shipped, library => Assert.Equal((library.Name, "MIT"), (library.Name, library.License)));
        Assert.Contains("\nThe MIT License (MIT)\n\nCopyright (c) .NET Foundation and Contributors\n", notices, StringComparison.Ordinal);
    }

    /// <summary>A package manager reads every archive of a repository, and fails on one that is no package.</summary>
    [Fact]
    public void The_folder_that_is_a_repository_has_the_package_and_nothing_else() =>
        Assert.Equal([PackageFixture.PackageName], Directory.EnumerateFileSystemEntries(Path.Combine(package.Folder, "module")).Select(Path.GetFileName));

    /// <summary>Azure Automation imports no file whose path in the module has 140 characters.</summary>
    [Fact]
    public void Paths_are_short() => Assert.All(Expected, path => Assert.InRange(path.Length, 1, 100));

    [Fact]
    public void The_module_and_the_emulator_are_packed_and_nothing_else() =>
        Assert.Equal([$"OdcPowerShell.{ManifestFile.Version}.nupkg", $"OdcPowerShell.Emulator.{ManifestFile.Version}.nupkg"], package.Packages);
}
