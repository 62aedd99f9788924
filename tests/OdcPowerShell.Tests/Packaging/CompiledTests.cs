using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>The builds that were compiled ahead for a system. Package.Tests.ps1 runs the one of this system, and does without.</summary>
[Collection("Package")]
public sealed class CompiledTests(PackageFixture package)
{
    // What the compiler adds to the processor, so that no other system loads the assembly: 0x7B79 for Linux, 0x4644 for macOS, nothing for Windows.
    private const int Amd64 = 0x8664;
    private const int Arm64 = 0xAA64;

    internal static IReadOnlyList<string> Runtimes { get; } = ["linux-x64", "osx-arm64", "win-x64"];

    [Theory]
    [InlineData("linux-x64", Amd64 ^ 0x7B79)]
    [InlineData("osx-arm64", Arm64 ^ 0x4644)]
    [InlineData("win-x64", Amd64)]
    public void They_have_code_for_their_system(string runtime, int machine)
    {
        foreach (var file in Assemblies(runtime))
        {
            using var assembly = Open(file);
            Assert.Equal(machine, (ushort)assembly.PEHeaders.CoffHeader.Machine);
            Assert.NotEqual(0, assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        }
    }

    /// <summary>The same compilation has the same identifier: where the runtime does not take the code, the same IL runs.</summary>
    [Theory]
    [InlineData("linux-x64")]
    [InlineData("osx-arm64")]
    [InlineData("win-x64")]
    public void They_are_the_portable_build(string runtime)
    {
        foreach (var file in Assemblies(runtime))
        {
            using var assembly = Open(file);
            using var portable = Open(Path.Combine(package.Installed, "module", "bin", "net8.0", Path.GetFileName(file)));
            Assert.Equal(Identifier(portable), Identifier(assembly));
            Assert.Equal(Bodies(portable), Bodies(assembly));
        }
    }

    private IReadOnlyList<string> Assemblies(string runtime)
    {
        var files = Directory.GetFiles(Path.Combine(package.Installed, "module", "bin", runtime), "*.dll");
        Assert.Equal(2, files.Length);
        return files;
    }

    private static PEReader Open(string file) => new(File.OpenRead(file));

    private static Guid Identifier(PEReader assembly)
    {
        var metadata = assembly.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    /// <summary>The IL of each method.</summary>
    private static IEnumerable<string> Bodies(PEReader assembly)
    {
        var metadata = assembly.GetMetadataReader();
        return from handle in metadata.MethodDefinitions
               let method = metadata.GetMethodDefinition(handle)
               where method.RelativeVirtualAddress != 0
               select metadata.GetString(method.Name) + " " + Convert.ToHexString(assembly.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!);
    }
}
