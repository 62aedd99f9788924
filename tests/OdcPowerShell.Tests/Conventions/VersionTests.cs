using System.Xml.Linq;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>The version stands in three files, for those who read them without building.</summary>
public sealed class VersionTests
{
    [Fact]
    public void The_manifest_the_build_and_the_changelog_have_one_version()
    {
        var props = XDocument.Load(Path.Combine(ModuleFiles.Repository, "Directory.Build.props")).Root!;
        var built = string.Join('-', props.Descendants("VersionPrefix").Concat(props.Descendants("VersionSuffix")).Select(part => part.Value));
        Assert.Equal(built, ManifestFile.Version);
        Assert.Equal(built, File.ReadLines(Path.Combine(ModuleFiles.Repository, "CHANGELOG.md")).First(l => l.StartsWith("## ", StringComparison.Ordinal))[3..]);
    }
}
