using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>What writing a folder changed.</summary>
/// <param name="Written">The number of files that are new or have another content.</param>
/// <param name="Unchanged">The number of files that were the same already.</param>
/// <param name="Removed">The files of objects that are gone, relative to the folder.</param>
internal sealed record TenantFolderChanges(int Written, int Unchanged, IReadOnlyList<string> Removed);

/// <summary>Writes a content as files: one for each object, below the folder of its stage and its kind. Files of objects that are gone are removed if an export wrote them; all others stay.</summary>
internal sealed class TenantFolder(string folder)
{
    internal const string StageFolder = "stages";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the files. The same content is the same bytes, on every machine.</summary>
    /// <exception cref="OdcException">A file can't be written.</exception>
    internal TenantFolderChanges Write(TenantContent content)
    {
        var files = FilesOf(content);
        LocalFailure.Explain(folder, () => Directory.CreateDirectory(folder));
        var gone = LocalFailure.Explain(folder, () => Owned().Where(f => !files.ContainsKey(f)).OrderBy(f => f, StringComparer.Ordinal).ToList());
        var changed = LocalFailure.Explain(folder, () => files.Where(f => !IsSame(f.Key, f.Value)).ToList());
        var manifest = Bytes(TenantManifest.Of(content).ToJson(), TenantManifest.File, TenantSchemas.ManifestPath, TenantManifest.Shape, stage: null);
        if (gone.Count > 0 || changed.Count > 0 || !IsSame(TenantManifest.File, manifest))
        {
            // Until all files are there, nothing takes the folder for an export.
            Remove(TenantManifest.File);
            // First, for disks to which names that differ only in case are the same.
            gone.ForEach(Remove);
            foreach (var file in changed)
                Write(file.Key, file.Value);
            Write(TenantManifest.File, manifest);
        }

        return new TenantFolderChanges(changed.Count, files.Count - changed.Count, gone);
    }

    /// <summary>The content of a file, as it is written.</summary>
    internal static byte[] Bytes(TenantDocument document, string file) =>
        Bytes(document.Content, file, TenantSchemas.PathOf(document.Kind), document.Kind.Shape, document.Kind == TenantKinds.Stage ? null : document.Stage);

    /// <summary>The paths of the documents, relative to the folder.</summary>
    internal static IEnumerable<(string Path, TenantDocument Document)> PathsOf(IReadOnlyCollection<TenantDocument> documents)
    {
        var stages = TenantFileNames.Of(documents.Select(d => d.Stage).OfType<string>());
        foreach (var siblings in documents.GroupBy(d => (d.Kind, d.Stage)))
        {
            var place = (siblings.Key.Stage is { } stage ? $"{StageFolder}/{stages[stage]}/" : "") + siblings.Key.Kind.Folder;
            var names = TenantFileNames.Of(siblings.Select(d => d.Name));
            foreach (var document in siblings)
                yield return (document.Kind.IsSingle ? place + ".json" : $"{place}/{names[document.Name]}.json", document);
        }
    }

    private static Dictionary<string, byte[]> FilesOf(TenantContent content)
    {
        var files = PathsOf(content.Documents).ToDictionary(f => f.Path, f => Bytes(f.Document, f.Path), StringComparer.Ordinal);
        foreach (var (path, schema) in TenantSchemas.All)
            files[path] = Bytes(schema);
        return files;
    }

    private static byte[] Bytes(JsonObject content, string file, string schema, TenantShape shape, string? stage)
    {
        var json = new JsonObject { [TenantFile.SchemaProperty] = TenantSchemas.Reference(file, schema) }.With(TenantFile.StageProperty, stage);
        foreach (var property in shape.Properties.Where(p => content.ContainsKey(p.Name)))
            json[property.Name] = content[property.Name]?.DeepClone();
        return Bytes(json);
    }

    private static byte[] Bytes(JsonObject json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
            json.WriteTo(writer);
        stream.WriteByte((byte)'\n');
        // Line ends inside of texts are escaped, so that these are those of the layout only.
        return [.. stream.ToArray().Where(b => b != (byte)'\r')];
    }

    // The files that an export wrote: those that name one of its schemas, where it writes files, and its schemas.
    private List<string> Owned() => [.. TenantPlaces.Files(folder).Where(f => f.Kind is not null && TenantSchemas.IsReference(SchemaOf(f.Path))).Select(f => f.Path)];

    private string? SchemaOf(string file) => SchemaOf(File.ReadAllBytes(PathOf(file)));

    /// <summary>What a file names as its schema; null for none, or if it is not JSON.</summary>
    internal static string? SchemaOf(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(TenantFile.SchemaProperty, out var schema) ? schema.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No export wrote it like this.
            return null;
        }
    }

    private bool IsSame(string file, byte[] content)
    {
        var path = PathOf(file);
        return File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
    }

    private void Write(string file, byte[] content) => LocalFailure.Explain(PathOf(file), () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllBytes(PathOf(file), content);
        return true;
    });

    private void Remove(string file) => LocalFailure.Explain(PathOf(file), () =>
    {
        File.Delete(PathOf(file));
        for (var parent = Path.GetDirectoryName(PathOf(file))!; parent.Length > folder.Length && Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any(); parent = Path.GetDirectoryName(parent)!)
            Directory.Delete(parent);
        return true;
    });

    private string PathOf(string file) => Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar));
}

/// <summary>Finds the files of an export in a folder, by the places where it writes them.</summary>
internal static class TenantPlaces
{
    /// <summary>The JSON files in the folder, in its folders and in those of stages. The kind of those that are in no place of an export is null.</summary>
    internal static IEnumerable<(string Path, string? StageFolder, TenantKind? Kind)> Files(string folder)
    {
        foreach (var found in In(folder, "", stage: null))
            yield return found;
        foreach (var stages in Folders(folder).Where(f => Is(f, TenantFolder.StageFolder)))
        {
            foreach (var stage in Folders(Path.Combine(folder, stages)))
            {
                foreach (var found in In(folder, $"{stages}/{stage}/", stage))
                    yield return found;
            }
        }
    }

    private static IEnumerable<(string Path, string? StageFolder, TenantKind? Kind)> In(string folder, string place, string? stage)
    {
        var here = Path.Combine(folder, place.Replace('/', Path.DirectorySeparatorChar));
        foreach (var file in Names(here))
        {
            var kind = TenantKinds.All.FirstOrDefault(k => k.IsSingle && IsAt(k, stage) && Is(file, k.Folder + ".json"));
            if (stage is not null || !Is(file, TenantManifest.File))
                yield return (place + file, stage, kind);
        }

        foreach (var child in Folders(here))
        {
            var kind = TenantKinds.All.FirstOrDefault(k => !k.IsSingle && IsAt(k, stage) && Is(child, k.Folder));
            if (child.StartsWith(".", StringComparison.Ordinal) || (stage is null && Is(child, TenantFolder.StageFolder)))
                continue;
            foreach (var file in Names(Path.Combine(here, child)))
                yield return ($"{place}{child}/{file}", stage, kind);
        }
    }

    private static bool IsAt(TenantKind kind, string? stage) => stage is null ? !kind.IsPerStage || kind.IsOfOrganizationToo : kind.IsPerStage;

    private static bool Is(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!).Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).OrderBy(f => f, StringComparer.Ordinal);

    private static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder).Select(f => Path.GetFileName(f)!).OrderBy(f => f, StringComparer.Ordinal);
}
