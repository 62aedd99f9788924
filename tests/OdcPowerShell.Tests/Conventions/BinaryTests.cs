namespace OdcPowerShell.Tests.Conventions;

/// <summary>The assemblies that a clone or a package gives PowerShell: those of the build under test, in module/bin.</summary>
public sealed class BinaryTests
{
    private static readonly string[] Own = ["OdcPowerShell.Core.dll", "OdcPowerShell.dll"];

    private static string Folder => Path.Combine(ModuleFiles.Repository, "module", "bin", ModuleFiles.Framework);

    [Fact]
    public void The_net8_build_brings_no_assembly_of_others()
    {
        var files = Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToList();
        if (ModuleFiles.Framework == "net8.0")
            Assert.Equal(Own, files);
        else
            Assert.Subset(files.ToHashSet(), Own.ToHashSet());
    }

    /// <summary>Windows PowerShell redirects no versions: an assembly is found only when the folder has exactly what is referenced.</summary>
    [Fact]
    public void Every_reference_of_the_netstandard_build_is_in_its_folder_in_that_version()
    {
        Assert.SkipUnless(ModuleFiles.Framework == "netstandard2.0", "The net8.0 build references what PowerShell brings; the other test project checks netstandard2.0.");
        var present = Directory.EnumerateFiles(Folder, "*.dll").Select(Binary.Read).ToList();
        Faults.None(from assembly in present
                         from reference in assembly.References
                         where reference.Name is not ("netstandard" or "System.Management.Automation")
                         let found = present.FirstOrDefault(p => p.Name == reference.Name)
                         where found?.Version != reference.Version
                         select $"{assembly.Name} references {reference.Name} {reference.Version}, module/bin/netstandard2.0 has {found?.Version.ToString() ?? "none"}");
    }
}
