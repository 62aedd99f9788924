using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Packaging;

/// <summary>OdcPowerShell.cdx.json: the bill of materials as CycloneDX 1.5, with every file and its hash, and the packages that the libraries of others are from.</summary>
internal static class BillOfMaterials
{
    internal const string Name = "OdcPowerShell.cdx.json";

    internal static void Write(string folder, StagedManifest manifest, PackageClosure closure)
    {
        List<(string Path, string Hash)> files = [.. HashList.Of(folder).Where(f => f.Path != Name)];
        var libraries = files.Where(f => IsOfOthers(f.Path)).GroupBy(f => Path.GetFileNameWithoutExtension(f.Path), StringComparer.Ordinal)
            .Select(g => (Package: closure.Of(g.Key), Files: g.ToList())).OrderBy(l => l.Package.Name, StringComparer.Ordinal).ToList();
        var self = "OdcPowerShell@" + manifest.Version;
        var shipped = libraries.Select(l => l.Package.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var url = libraries.ToDictionary(l => l.Package.Name, l => l.Package.Url, StringComparer.OrdinalIgnoreCase);
        var needed = libraries.SelectMany(l => l.Package.References).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var bill = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.5",
            ["serialNumber"] = Serial(files),
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["lifecycles"] = new JsonArray(new JsonObject { ["phase"] = "build" }),
                ["component"] = Module(self, manifest),
            },
            ["components"] = new JsonArray(
            [
                .. libraries.Select(l => Library(l.Package, l.Files)),
                .. files.Where(f => !IsOfOthers(f.Path)).Select(FileOf),
            ]),
            ["dependencies"] = new JsonArray(
            [
                Dependency(self, libraries.Where(l => !needed.Contains(l.Package.Name)).Select(l => l.Package.Url)),
                .. libraries.Select(l => Dependency(l.Package.Url, l.Package.References.Where(shipped.Contains).Select(r => url[r]))),
            ]),
        };
        var options = new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        File.WriteAllText(Path.Combine(folder, Name), bill.ToJsonString(options) + "\n");
    }

    private static bool IsOfOthers(string path) => path.EndsWith(".dll", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("OdcPowerShell", StringComparison.Ordinal);

    private static JsonObject Module(string self, StagedManifest manifest)
    {
        var module = new JsonObject
        {
            ["type"] = "library", ["bom-ref"] = self, ["name"] = "OdcPowerShell", ["version"] = manifest.Version, ["description"] = manifest.Description, ["licenses"] = Licenses("MIT"),
        };
        if (manifest.ProjectUri is { } project)
            module["externalReferences"] = new JsonArray(new JsonObject { ["type"] = "website", ["url"] = project });
        return module;
    }

    private static JsonObject Library(LibraryPackage package, IEnumerable<(string Path, string Hash)> files) => new()
    {
        ["type"] = "library",
        ["bom-ref"] = package.Url,
        ["name"] = package.Name,
        ["version"] = package.Version,
        ["licenses"] = Licenses(package.License),
        ["purl"] = package.Url,
        ["components"] = new JsonArray([.. files.Select(FileOf)]),
    };

    private static JsonObject FileOf((string Path, string Hash) file) => new()
    {
        ["type"] = "file",
        ["bom-ref"] = "file:" + file.Path,
        ["name"] = file.Path,
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = file.Hash }),
    };

    private static JsonArray Licenses(string id) => new(new JsonObject { ["license"] = new JsonObject { ["id"] = id } });

    private static JsonObject Dependency(string reference, IEnumerable<string> on) => new()
    {
        ["ref"] = reference,
        ["dependsOn"] = new JsonArray([.. on.Order(StringComparer.Ordinal).Select(o => (JsonNode)o)]),
    };

    // A UUID of the contents: another build of the same files is the same bill.
    private static string Serial(IEnumerable<(string Path, string Hash)> files)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Select(f => $"{f.Hash} {f.Path}\n"))));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return "urn:uuid:" + new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
