using System.IO.Compression;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>Packages are the same bytes wherever they are made. That their assemblies are too takes a second build: build.ps1 -Task Package -Verify.</summary>
[Collection("Package")]
public sealed class ArchiveTests(PackageFixture package)
{
    [Fact]
    public async Task Another_build_of_the_package_is_the_same_bytes()
    {
        // Without what is compiled ahead, which takes half a minute each time: -Verify compares that too.
        string[] folders = [Path.Combine(package.Folder, "one"), Path.Combine(package.Folder, "other")];
        foreach (var folder in folders)
            await PackageFixture.PackAsync(folder, project: null, "CompiledRuntimes=none");
        string[] archives = ["module/" + PackageFixture.PackageName, "automation/OdcPowerShell.zip", "tool/" + Path.GetFileName(Directory.GetFiles(package.Tool, "*.nupkg").Single())];
        Assert.All(archives, archive => Assert.Equal(File.ReadAllBytes(Path.Combine(folders[0], archive)), File.ReadAllBytes(Path.Combine(folders[1], archive))));
    }

    [Fact]
    public void Files_are_sorted_and_have_one_time_and_no_random_name()
    {
        foreach (var file in new[] { package.Package, Path.Combine(package.Folder, "automation", "OdcPowerShell.zip"), Directory.GetFiles(package.Tool, "*.nupkg").Single() })
        {
            using var zip = ZipFile.OpenRead(file);
            var names = zip.Entries.Select(e => e.FullName).ToList();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            Assert.All(zip.Entries, e => Assert.Equal(new DateTime(1980, 1, 1), e.LastWriteTime.DateTime));
            Assert.All(names, name => Assert.DoesNotMatch(new Regex("[0-9a-f]{32}", RegexOptions.None, TimeSpan.FromSeconds(1)), name));
        }
    }

    /// <summary>A package manager finds the parts of a package by its relations.</summary>
    [Fact]
    public void Its_relations_lead_to_its_parts()
    {
        using var nupkg = package.OpenPackage();
        using var relations = nupkg.GetEntry("_rels/.rels")!.Open();
        var targets = System.Xml.Linq.XDocument.Load(relations).Root!.Elements().Select(r => ((string)r.Attribute("Target")!).TrimStart('/')).ToList();
        Assert.Equal(2, targets.Count);
        Assert.All(targets, target => Assert.NotNull(nupkg.GetEntry(target)));
    }
}
