using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>A NuGet package whose library is shipped with the netstandard2.0 build, as lock file and package describe it.</summary>
internal sealed record LibraryPackage(string Name, string Version, string? License)
{
    private static string Packages { get; } = typeof(LibraryPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;

    /// <summary>System.Text.Json and what it needs.</summary>
    internal static IReadOnlyList<LibraryPackage> Shipped { get; } = Read();

    private static List<LibraryPackage> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(ModuleFiles.Repository, "src", "OdcPowerShell.Core", "packages.lock.json")));
        var locked = file.RootElement.GetProperty("dependencies").GetProperty(".NETStandard,Version=v2.0");
        SortedSet<string> names = new(StringComparer.Ordinal);
        Add("System.Text.Json");
        return [.. names.Select(n => Of(n, locked.GetProperty(n).GetProperty("resolved").GetString()!))];

        void Add(string name)
        {
            if (names.Add(name) && locked.GetProperty(name).TryGetProperty("dependencies", out var needed))
                needed.EnumerateObject().ToList().ForEach(n => Add(n.Name));
        }
    }

    private static LibraryPackage Of(string name, string version)
    {
        var id = name.ToLowerInvariant();
        var nuspec = XDocument.Load(Path.Combine(Packages, id, version, id + ".nuspec"));
        return new LibraryPackage(name, version, nuspec.Descendants().SingleOrDefault(e => e.Name.LocalName == "license")?.Value);
    }
}
