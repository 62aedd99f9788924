using System.IO.Compression;
using System.Xml.Linq;

namespace OdcPowerShell.Packaging;

/// <summary>A zip whose bytes depend on its files only: sorted, all of one time, and without names and notes that differ from machine to machine.</summary>
internal sealed class Archive
{
    private const string Relations = "_rels/.rels";
    private const string Properties = ".psmdcp";

    // Where the zip format begins to count.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>The files of a folder, by their path in it.</summary>
    internal static Archive OfFolder(string folder)
    {
        var archive = new Archive();
        foreach (var path in HashList.Paths(folder))
            archive._files[path] = File.ReadAllBytes(Path.Combine(folder, path));
        return archive;
    }

    /// <summary>A NuGet package, without the names and ids that NuGet invents anew for each.</summary>
    internal static Archive OfPackage(string package)
    {
        var archive = new Archive();
        using var zip = ZipFile.OpenRead(package);
        foreach (var entry in zip.Entries.Where(e => !e.FullName.EndsWith('/')))
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            archive._files[entry.FullName] = bytes.ToArray();
        }

        archive.RenameProperties();
        return archive;
    }

    internal void Save(string file)
    {
        using var stream = File.Create(file);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var (path, bytes) in _files)
        {
            var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
            entry.LastWriteTime = Time;
            using var content = entry.Open();
            content.Write(bytes);
        }
    }

    // The part with the package's properties has a random name, and names the machine's operating system; the relations to the parts have random ids.
    private void RenameProperties()
    {
        if (!_files.TryGetValue(Relations, out var bytes))
            throw new PackagingException($"The package has no {Relations}.");
        var relations = Load(bytes);
        foreach (var (relation, number) in relations.Root!.Elements().OrderBy(r => (string?)r.Attribute("Type"), StringComparer.Ordinal).Select((r, i) => (r, i + 1)))
        {
            relation.SetAttributeValue("Id", $"R{number}");
            var target = ((string)relation.Attribute("Target")!).TrimStart('/');
            if (!target.EndsWith(Properties, StringComparison.Ordinal) || !_files.Remove(target, out var part))
                continue;
            var properties = Load(part);
            properties.Root!.Elements().Where(e => e.Name.LocalName == "lastModifiedBy").Remove();
            var name = target[..(target.LastIndexOf('/') + 1)] + "OdcPowerShell" + Properties;
            _files[name] = Bytes(properties);
            relation.SetAttributeValue("Target", "/" + name);
        }

        _files[Relations] = Bytes(relations);
    }

    private static XDocument Load(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return XDocument.Load(stream);
    }

    private static byte[] Bytes(XDocument document)
    {
        using var stream = new MemoryStream();
        document.Save(stream, SaveOptions.DisableFormatting);
        return stream.ToArray();
    }
}
