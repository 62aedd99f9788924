using System.Text.Json;
using System.Xml.Linq;

namespace OdcPowerShell.Packaging;

/// <summary>A NuGet package whose assemblies are shipped.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">The version that was restored.</param>
/// <param name="License">The SPDX id of its licence.</param>
/// <param name="References">The ids of the packages that it needs.</param>
internal sealed record LibraryPackage(string Name, string Version, string License, IReadOnlyList<string> References)
{
    /// <summary>Its package URL, which identifies it in bills of materials.</summary>
    internal string Url => $"pkg:nuget/{Name}@{Version}";
}

/// <summary>What a lock file says about packages, and the packages themselves about their licence.</summary>
internal sealed class PackageClosure
{
    private readonly Dictionary<string, (string Version, List<string> References)> _locked = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _packages;

    private PackageClosure(string packages) => _packages = packages;

    internal static PackageClosure Read(string lockFile, string packages)
    {
        var closure = new PackageClosure(packages);
        using var file = JsonDocument.Parse(File.ReadAllText(lockFile));
        foreach (var package in file.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()))
        {
            if (package.Value.TryGetProperty("resolved", out var version))
                closure._locked[package.Name] = (version.GetString()!, package.Value.TryGetProperty("dependencies", out var references) ? [.. references.EnumerateObject().Select(r => r.Name)] : []);
        }

        return closure;
    }

    /// <summary>The package that an assembly of others is from.</summary>
    internal LibraryPackage Of(string assembly)
    {
        if (!_locked.TryGetValue(assembly, out var found))
            throw new PackagingException($"{assembly}.dll is shipped, and no package of that name is in the lock file.");
        return new LibraryPackage(assembly, found.Version, License(assembly, found.Version), found.References);
    }

    private string License(string name, string version)
    {
        var id = name.ToLowerInvariant();
        var nuspec = XDocument.Load(Path.Combine(_packages, id, version, id + ".nuspec"));
        return nuspec.Descendants().FirstOrDefault(e => e.Name.LocalName == "license" && (string?)e.Attribute("type") == "expression")?.Value
            ?? throw new PackagingException($"The package {name} {version} names no licence by its SPDX id.");
    }
}
