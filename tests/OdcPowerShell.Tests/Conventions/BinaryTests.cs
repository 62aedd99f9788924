namespace OdcPowerShell.Tests.Conventions;

/// <summary>What a clone or a package gives PowerShell: the two builds in module/bin.</summary>
public sealed class BinaryTests
{
    private static readonly string[] Own = ["OdcPowerShell.Core.dll", "OdcPowerShell.dll"];

    private static string Folder(string framework) => Path.Combine(ModuleFiles.Repository, "module", "bin", framework);

    [Fact]
    public void The_net8_build_brings_no_assembly_of_others() =>
        Assert.Equal(Own, Directory.EnumerateFiles(Folder("net8.0")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    /// <summary>Windows PowerShell redirects no versions: an assembly is found only when the folder has exactly what is referenced.</summary>
    [Fact]
    public void Every_reference_of_the_netstandard_build_is_in_its_folder_in_that_version()
    {
        var present = Directory.EnumerateFiles(Folder("netstandard2.0"), "*.dll").Select(Binary.Read).ToList();
        Assert.Subset(present.Select(p => p.Name + ".dll").ToHashSet(), Own.ToHashSet());
        Faults.None(from assembly in present
                         from reference in assembly.References
                         where reference.Name is not ("netstandard" or "System.Management.Automation")
                         let found = present.FirstOrDefault(p => p.Name == reference.Name)
                         where found?.Version != reference.Version
                         select $"{assembly.Name} references {reference.Name} {reference.Version}, module/bin/netstandard2.0 has {found?.Version.ToString() ?? "none"}");
    }

    /// <summary>So the tests of help and topics, which read those of one build, are about both.</summary>
    [Fact]
    public void Both_builds_have_the_same_help()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Folder("net8.0"), "en-US")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("OdcPowerShell.dll-Help.xml", files);
        Assert.Equal(files, Directory.EnumerateFiles(Path.Combine(Folder("netstandard2.0"), "en-US")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(Folder("net8.0"), "en-US", file)), File.ReadAllBytes(Path.Combine(Folder("netstandard2.0"), "en-US", file))));
    }
}
