using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>What writing a folder changed.</summary>
/// <param name="Written">The number of files that are new or have another content.</param>
/// <param name="Unchanged">The number of files that were the same already.</param>
/// <param name="Removed">The files of objects that are gone, relative to the folder.</param>
/// <param name="Kept">The files of what could not be read, which are as an earlier export wrote them.</param>
internal sealed record TenantFolderChanges(int Written, int Unchanged, IReadOnlyList<string> Removed, IReadOnlyList<string> Kept);

/// <summary>Writes a content as files: one for each object, below the folder of its stage and its kind. Files of objects that are gone are removed if an export wrote them; all others stay, as do those of what could not be read.</summary>
internal sealed class TenantFolder(string folder)
{
    internal const string StageFolder = "stages";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the files. The same content is the same bytes, on every machine.</summary>
    /// <exception cref="OdcException">A file can't be written, or a place where it would be written is a link.</exception>
    internal TenantFolderChanges Write(TenantContent content)
    {
        var files = FilesOf(content);
        LocalFailure.Explain(folder, () => Directory.CreateDirectory(folder));
        RequireNoLinks(files.Keys);
        var left = LocalFailure.Explain(folder, () => Owned().Where(f => !files.ContainsKey(f.Path)).OrderBy(f => f.Path, StringComparer.Ordinal).ToList());
        var kept = LocalFailure.Explain(folder, () => CanKeep(content) ? left.Where(f => IsUnread(content, f)).Select(f => f.Path).ToList() : []);
        var gone = left.Select(f => f.Path).Except(kept, StringComparer.Ordinal).ToList();
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

        return new TenantFolderChanges(changed.Count, files.Count - changed.Count, gone, kept);
    }

    /// <summary>Makes sure that no place of an export below the folder is a link: files elsewhere would be changed and removed.</summary>
    /// <param name="files">The files that will be written, besides those that are there.</param>
    /// <exception cref="OdcException">One is a link.</exception>
    internal void RequireNoLinks(IEnumerable<string> files)
    {
        IEnumerable<string> own = [TenantManifest.File, ExportJournal.File, TenantSchemas.Folder];
        var link = LocalFailure.Explain(folder, () => TenantPlaces.Links(folder, own.Concat(files).Concat(TenantPlaces.Files(folder).Where(f => f.IsOwn || f.Kind is not null).Select(f => f.Path))).FirstOrDefault());
        if (link is not null)
            throw new OdcException(OdcErrorCause.FileFailed, $"{PathOf(link)} is a link, and an export would change and remove files where it leads. Nothing was written.", "Put a folder or a file in the place of the link, or export to another folder.");
    }

    /// <summary>What tenant.json in the folder says; null if there is none, or if it can't be used.</summary>
    internal TenantManifest? Manifest()
    {
        var path = PathOf(TenantManifest.File);
        return File.Exists(path) ? TenantManifest.Read(LocalFailure.Explain(path, () => File.ReadAllBytes(path)), _ => { }) : null;
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
    private List<TenantPlace> Owned() => [.. TenantPlaces.Files(folder).Where(f => f.Kind is not null && TenantSchemas.IsReference(SchemaOf(f.Path)))];

    // Files of another tenant are none of this one's, and an export without users has none.
    private bool CanKeep(TenantContent content) => Manifest() is not { } present
        || ((present.Tenant is null || content.Tenant is null || string.Equals(present.Tenant, content.Tenant, StringComparison.OrdinalIgnoreCase)) && (content.Scope?.WithUsers != false || !present.Scope.WithUsers));

    // Of what could not be read, it is not known whether it is gone.
    private bool IsUnread(TenantContent content, TenantPlace place)
    {
        if (place.Kind is not { } kind || !content.Unread.Any(u => u.Kind == kind))
            return false;
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(place.Path)));
        var stage = place.StageFolder is null ? null : TextOf(kind == TenantKinds.Stage ? kind.NameProperty : TenantFile.StageProperty) ?? place.StageFolder;
        var name = kind == TenantKinds.Stage ? stage : kind.IsSingle ? kind.Noun : TextOf(kind.NameProperty);
        return content.Scope?.Covers(kind, stage) != false && content.Unread.Any(u => u.Covers(kind, stage, name ?? ""));

        string? TextOf(string property) => document.RootElement.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? Text(value) : null;
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // It has half a surrogate pair, and names nothing.
            return null;
        }
    }

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
