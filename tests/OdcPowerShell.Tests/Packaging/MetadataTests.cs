using System.Collections;
using System.IO.Compression;
using System.Management.Automation.Language;
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

    /// <summary>An address that the build does not know is left out, and none is invented.</summary>
    [Fact]
    public void Without_build_properties_it_has_no_address()
    {
        var gallery = Gallery(package.Package);
        Assert.Equal(["LicenseUri", "Prerelease", "ReleaseNotes", "Tags"], gallery.Keys.Cast<string>().Order(StringComparer.Ordinal));
        // Each import reads the manifest: the list is in the package's own notes only.
        var summary = Newest().Split("\n- ")[0].Trim();
        Assert.Equal(summary, ((string)gallery["ReleaseNotes"]!).ReplaceLineEndings("\n"));
        Assert.InRange(summary.Length, 100, 1000);
        Assert.DoesNotContain("HelpInfoURI", Manifest(package.Package).Keys.Cast<string>());
        Assert.All(HelpFiles(package.Package, 2 + CompiledTests.Runtimes.Count), help => Assert.DoesNotContain("<maml:uri>http", help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_properties_are_its_addresses()
    {
        var folder = Path.Combine(package.Folder, "addresses");
        await PackageFixture.PackAsync(folder, "src/OdcPowerShell/OdcPowerShell.csproj", "CompiledRuntimes=none", "RepositoryUrl=https://code.example/o'dc", "IconUrl=https://code.example/icon.png", "HelpUrl=https://help.example/odc/");
        var file = Path.Combine(folder, "module", PackageFixture.PackageName);
        var gallery = Gallery(file);
        Assert.Equal(("https://code.example/o'dc", "https://code.example/icon.png"), (gallery["ProjectUri"], gallery["IconUri"]));
        Assert.Equal(("https://code.example/o'dc", "https://code.example/o'dc"), (Nuspec("projectUrl", file), Nuspec("repository", file, "url")));
        Assert.Contains("https://code.example/o'dc", Text(file, "OdcPowerShell.cdx.json"), StringComparison.Ordinal);

        // What Get-Help -Online opens.
        var installed = Path.Combine(folder, "installed");
        await ZipFile.ExtractToDirectoryAsync(file, installed, TestContext.Current.CancellationToken);
        using var shell = new Shell(bare: true);
        shell.Set("manifest", Path.Combine(installed, "OdcPowerShell.psd1"));
        var links = shell.Run("""
            Import-Module $manifest
            foreach ($name in (Get-Command -Module OdcPowerShell -CommandType Cmdlet).Name) { "$name $((Get-Help $name).relatedLinks.navigationLink.uri)" }
            """).All<string>();
        Assert.Equal(ManifestFile.Listed("CmdletsToExport").Select(c => $"{c} https://help.example/odc/{c}.html"), links.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("RepositoryUrl=code.example")]
    [InlineData("HelpUrl=file:///tmp")]
    public async Task What_is_no_address_ends_the_build(string property)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => PackageFixture.PackAsync(Path.Combine(package.Folder, "wrong"), "src/OdcPowerShell/OdcPowerShell.csproj", "CompiledRuntimes=none", property));
        Assert.Contains(property.Replace("=", " is '", StringComparison.Ordinal) + "'. Use an address that begins with https://.", failure.Message, StringComparison.Ordinal);
    }

    private static Hashtable Manifest(string file) => (Hashtable)Parser.ParseInput(Text(file, "OdcPowerShell.psd1"), out _, out _).Find(a => a is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();

    private static Hashtable Gallery(string file) => (Hashtable)((Hashtable)Manifest(file)["PrivateData"]!)["PSData"]!;

    private static IEnumerable<string> HelpFiles(string file, int builds)
    {
        using var nupkg = ZipFile.OpenRead(file);
        var names = nupkg.Entries.Select(e => e.FullName).Where(n => n.EndsWith("-Help.xml", StringComparison.Ordinal)).ToList();
        Assert.Equal(builds, names.Count);
        return names.Select(n => Text(file, n));
    }

    private static string Text(string file, string name)
    {
        using var nupkg = ZipFile.OpenRead(file);
        using var reader = new StreamReader(nupkg.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private string? Nuspec(string element, string? file = null, string? attribute = null)
    {
        using var nupkg = ZipFile.OpenRead(file ?? package.Package);
        using var nuspec = nupkg.GetEntry("OdcPowerShell.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().First().Elements().SingleOrDefault(e => e.Name.LocalName == element) is not { } found ? null
            : attribute is null ? found.Value : (string?)found.Attribute(attribute);
    }

    private static string Newest() =>
        File.ReadAllText(Path.Combine(ModuleFiles.Repository, "CHANGELOG.md")).ReplaceLineEndings("\n").Split("\n## ")[1].Split('\n', 2)[1].Trim();
}
