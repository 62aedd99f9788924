using System.Xml.Linq;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>What the gallery shows and finds of the package.</summary>
[Collection("Package")]
public sealed class MetadataTests(PackageFixture package)
{
    [Fact]
    public void It_says_what_the_manifest_says()
    {
        Assert.Equal(("OdcPowerShell", ManifestFile.Version), (Nuspec("id"), Nuspec("version")));
        Assert.Equal(ManifestFile.Read()["Author"], Nuspec("authors"));
        Assert.Equal(ManifestFile.Read()["Description"], Nuspec("description"));
        Assert.Equal(ManifestFile.Read()["Copyright"], Nuspec("copyright"));
        Assert.Equal(("MIT", "icon.png", "README.md"), (Nuspec("license"), Nuspec("icon"), Nuspec("readme")));
    }

    [Fact]
    public void Its_release_notes_are_the_changelogs_newest_section() =>
        Assert.Equal(Newest(), Nuspec("releaseNotes")!.ReplaceLineEndings("\n"));

    [Fact]
    public void It_is_found_by_every_command_and_by_the_manifests_tags()
    {
        var tags = ManifestFile.Listed("CmdletsToExport").SelectMany(c => new[] { "PSCmdlet_" + c, "PSCommand_" + c })
            .Concat(["PSModule", "PSIncludes_Cmdlet"]).Concat(ManifestFile.Tags);
        Assert.Equal(tags.Order(StringComparer.Ordinal), Nuspec("tags")!.Split(' ').Order(StringComparer.Ordinal));
    }

    /// <summary>A package manager would look for a dependency as for a module of that name.</summary>
    [Theory]
    [InlineData("dependencies")]
    [InlineData("frameworkReferences")]
    [InlineData("projectUrl")]
    public void It_needs_no_other_package_and_names_no_site(string element) => Assert.Null(Nuspec(element));

    private string? Nuspec(string element)
    {
        using var nupkg = package.OpenPackage();
        using var nuspec = nupkg.GetEntry("OdcPowerShell.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().First().Elements().SingleOrDefault(e => e.Name.LocalName == element)?.Value;
    }

    private static string Newest() =>
        File.ReadAllText(Path.Combine(ModuleFiles.Repository, "CHANGELOG.md")).ReplaceLineEndings("\n").Split("\n## ")[1].Split('\n', 2)[1].Trim();
}
