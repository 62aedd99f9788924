using System.Security.Cryptography;
using System.Text.Json;
using OdcPowerShell.Tests.Conventions;
using OdcPowerShell.Tests.Samples;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>The bill of materials and the list of hashes, against the files of the package.</summary>
[Collection("Package")]
public sealed class BillOfMaterialsTests(PackageFixture package)
{
    private const string Bill = "OdcPowerShell.cdx.json";
    private const string Hashes = "OdcPowerShell.sha256";

    [Fact]
    public void It_has_every_file_with_its_hash()
    {
        var listed = Components(Read().GetProperty("components")).Where(c => Text(c, "type") == "file")
            .Select(c => (Text(c, "name"), Text(Assert.Single(c.GetProperty("hashes").EnumerateArray()), "content")));
        Assert.Equal(Files(Bill, Hashes), listed.OrderBy(f => f.Item1, StringComparer.Ordinal));
        Assert.All(Components(Read().GetProperty("components")).Where(c => Text(c, "type") == "file"), c => Assert.Equal("SHA-256", Text(c.GetProperty("hashes")[0], "alg")));
    }

    [Fact]
    public void The_list_of_hashes_has_every_file()
    {
        var lines = File.ReadAllText(Path.Combine(package.Installed, Hashes)).TrimEnd('\n').Split('\n').Select(l => l.Split("  ", 2));
        Assert.Equal(Files(Hashes), lines.Select(l => (l[1], l[0])));
    }

    [Fact]
    public void Libraries_are_those_of_the_lock_file_with_their_licence()
    {
        var libraries = Read().GetProperty("components").EnumerateArray().Where(c => Text(c, "type") == "library").ToList();
        Assert.Equal(
            LibraryPackage.Shipped.Select(l => (l.Name, l.Version, l.License, $"pkg:nuget/{l.Name}@{l.Version}")),
            libraries.Select(l => (Text(l, "name"), Text(l, "version"), (string?)Text(l.GetProperty("licenses")[0].GetProperty("license"), "id"), Text(l, "purl"))));
        // The file of each is in it, and nowhere else.
        Assert.All(libraries, l => Assert.Equal($"module/bin/netstandard2.0/{Text(l, "name")}.dll", Text(Assert.Single(l.GetProperty("components").EnumerateArray()), "name")));
    }

    [Fact]
    public void It_is_about_this_version_and_its_references_are_in_it()
    {
        var bill = Read();
        Assert.Equal(("CycloneDX", "1.5"), (Text(bill, "bomFormat"), Text(bill, "specVersion")));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", Text(bill, "serialNumber"));
        var self = bill.GetProperty("metadata").GetProperty("component");
        Assert.Equal(("OdcPowerShell", ManifestFile.Version), (Text(self, "name"), Text(self, "version")));

        var known = Components(bill.GetProperty("components")).Append(self).Select(c => Text(c, "bom-ref")).ToList();
        Assert.Equal(known.Count, known.Distinct(StringComparer.Ordinal).Count());
        var dependencies = bill.GetProperty("dependencies").EnumerateArray().ToList();
        Assert.All(dependencies.SelectMany(d => d.GetProperty("dependsOn").EnumerateArray().Select(o => o.GetString()!).Append(Text(d, "ref"))), reference => Assert.Contains(reference, known));
        // The module needs one package, which needs the others.
        Assert.Equal(["pkg:nuget/System.Text.Json@" + LibraryPackage.Shipped.Single(l => l.Name == "System.Text.Json").Version], dependencies[0].GetProperty("dependsOn").EnumerateArray().Select(o => o.GetString()));
        Assert.Equal(LibraryPackage.Shipped.Count + 1, dependencies.Count);
    }

    /// <summary>The line of SECURITY.md, in the installed module as it is, and then with a file that was changed.</summary>
    [Fact]
    public async Task The_line_of_SECURITY_shows_a_file_that_was_changed()
    {
        var line = MarkdownFile.Blocks("SECURITY.md", "powershell").Single();
        using var pwsh = new Pwsh();
        Assert.Equal("", (await pwsh.RunAsync($"Set-Location '{package.Installed}'\n{line}")).Succeeded());

        var copy = Directory.CreateDirectory(Path.Combine(package.Folder, "changed")).FullName;
        foreach (var (path, _) in Files())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, path))!);
            File.Copy(Path.Combine(package.Installed, path), Path.Combine(copy, path));
        }

        await File.AppendAllTextAsync(Path.Combine(copy, "module", "OdcPowerShell.psm1"), "# more", TestContext.Current.CancellationToken);
        Assert.EndsWith("  module/OdcPowerShell.psm1", (await pwsh.RunAsync($"Set-Location '{copy}'\n{line}")).Succeeded().Trim(), StringComparison.Ordinal);
    }

    private IEnumerable<(string Path, string Hash)> Files(params string[] without) =>
        from path in Directory.EnumerateFiles(package.Installed, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(package.Installed, f).Replace('\\', '/')).Order(StringComparer.Ordinal)
        where !without.Contains(path)
        select (path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(package.Installed, path)))));

    private static IEnumerable<JsonElement> Components(JsonElement list) =>
        list.EnumerateArray().SelectMany(c => c.TryGetProperty("components", out var inner) ? Components(inner).Prepend(c) : [c]);

    private JsonElement Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(package.Installed, Bill)));
        return file.RootElement.Clone();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
