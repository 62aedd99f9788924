using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>An assembly's name and what it references, read without loading it.</summary>
internal sealed record Binary(string Name, Version Version, IReadOnlyList<(string Name, Version Version)> References)
{
    internal static Binary Read(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        var self = metadata.GetAssemblyDefinition();
        return new Binary(metadata.GetString(self.Name), self.Version,
            [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(r => (metadata.GetString(r.Name), r.Version))]);
    }
}
