using System.Text.Json;

namespace OdcPowerShell.Tenants;

/// <summary>Reads the files of an export, edited by hand or not, and finds everything that is wrong in them.</summary>
internal sealed class TenantFolderReader(string folder)
{
    private readonly List<TenantFault> _faults = [];
    private readonly List<(string Path, TenantDocument Document)> _documents = [];
    private readonly List<(string Path, int Line, string Folder, string Stage)> _misplaced = [];

    /// <exception cref="OdcException">There is no export, or its files have faults, with the file and the line of each.</exception>
    internal TenantContent Read()
    {
        if (!Directory.Exists(folder))
            throw LocalFailure.NotFound(folder, "folder");
        var manifest = Manifest();
        var files = LocalFailure.Explain(folder, () => TenantPlaces.Files(folder).ToList());
        foreach (var place in files)
            Read(place);
        FindMisplaced();
        FindTwins();
        if (manifest is not null)
            FindUnclaimed(manifest.Scope);
        if (_faults.Count > 0)
            throw TenantFaults.Error(folder, _faults);
        return new TenantContent(TenantContent.Sorted(_documents.Select(d => d.Document)), TenantContent.Sorted(manifest!.Unread)) { Scope = manifest.Scope, Tenant = manifest.Tenant, Empty = manifest.Empty };
    }

    private TenantManifest? Manifest()
    {
        if (File.Exists(PathOf(TenantManifest.File)) || TenantPlaces.IsLink(PathOf(TenantManifest.File)))
            return Bytes(TenantManifest.File) is { } bytes ? TenantManifest.Read(bytes, _faults.Add) : null;
        throw new OdcException(
            OdcErrorCause.FileNotFound, $"{folder} has no {TenantManifest.File}: it is no export of a tenant, or one that is not complete.", "Specify the folder of an export, or run Export-OdcTenant again; with -Resume it continues.");
    }

    private void Read(TenantPlace place)
    {
        var (path, stageFolder) = (place.Path, place.StageFolder);
        if (place.Kind is not { } kind)
        {
            FindLost(place);
            return;
        }

        var before = _faults.Count;
        if (Bytes(path) is not { } bytes || new TenantText(path, bytes, _faults.Add).Read() is not { } node)
            return;
        var file = new TenantFile(path, kind.Shape, _faults.Add);
        var content = file.Read(node, stageFolder is null || kind == TenantKinds.Stage ? [TenantFile.SchemaProperty] : [TenantFile.SchemaProperty, TenantFile.StageProperty]);
        if (node.Type != JsonTokenType.StartObject)
            return;
        var schema = node.Members.Find(m => m.Name == TenantFile.SchemaProperty);
        if (schema.Name is null || !schema.Value.Text.EndsWith(TenantSchemas.PathOf(kind), StringComparison.Ordinal))
            _faults.Add(new TenantFault(path, schema.Name is null ? node.Line : schema.Line, $"The file of {kind.Noun} must have \"$schema\": \"{TenantSchemas.Reference(path, TenantSchemas.PathOf(kind))}\"."));
        var (stage, line) = StageOf(node, stageFolder, kind);
        var isMisplaced = stageFolder is not null && !TenantFileNames.IsFor(stageFolder, stage!);
        if (isMisplaced)
            _misplaced.Add((path, line, stageFolder!, stage!));
        if (isMisplaced || _faults.Count > before)
            return;
        var name = kind == TenantKinds.Stage ? stage! : kind.IsSingle ? kind.Noun : (string)content[kind.NameProperty]!;
        _documents.Add((path, new TenantDocument(kind, stage, name, content) { File = path, Lines = file.Lines }));
    }

    // Where only files of an export belong, every file is one; elsewhere, those that name one of its schemas.
    private void FindLost(TenantPlace place)
    {
        if (TenantPlaces.IsDeadLink(PathOf(place.Path)))
            _faults.Add(DeadLink(place.Path));
        else if (place.IsOwn || (Bytes(place.Path) is { } bytes && TenantSchemas.IsReference(TenantFolder.SchemaOf(bytes))))
            _faults.Add(new TenantFault(place.Path, 1, $"Nothing reads a file here. {(place.StageFolder is null ? "Files are" : "Files of a stage are")}: {string.Join(", ", TenantKinds.All.Where(k => place.StageFolder is null ? !k.IsPerStage || k.IsOfOrganizationToo : k.IsPerStage).Select(k => k.Folder + (k.IsSingle ? ".json" : "/")))}."));
    }

    // Where the file itself does not name the stage, its folder does.
    private static (string? Stage, int Line) StageOf(TenantNode node, string? stageFolder, TenantKind kind)
    {
        if (stageFolder is null)
            return (null, 1);
        var (name, line, value) = node.Members.Find(m => m.Name == (kind == TenantKinds.Stage ? kind.NameProperty : TenantFile.StageProperty));
        return name is not null && value.IsText && value.Text.Length > 0 ? (value.Text, line) : (stageFolder, 1);
    }

    // A folder that was renamed is one mistake, however many files are in it.
    private void FindMisplaced()
    {
        foreach (var same in _misplaced.GroupBy(m => (m.Folder, m.Stage)))
        {
            var (path, line, _, _) = same.First();
            _faults.Add(new TenantFault(path, line, $"The stage is \"{same.Key.Stage}\", and the file is in the folder of another: {same.Key.Folder}.{Others(same.Count(), "in the folder are of that stage")}"));
        }
    }

    // What tenant.json does not claim is neither looked for in the tenant nor compared with it.
    private void FindUnclaimed(TenantScope scope)
    {
        var personal = _documents.Where(d => !scope.WithUsers && (d.Document.Kind == TenantKinds.User || d.Document.Content.ContainsKey("users"))).ToList();
        if (personal.Count > 0)
            Unclaimed(personal, "users", $"The file has users, and {TenantManifest.File} says that the folder has none. Remove them, or write \"withUsers\": true there, and User among its \"kinds\" if there are files of users.", "have users");
        foreach (var same in _documents.Except(personal).Where(d => !scope.Kinds.Contains(d.Document.Kind)).GroupBy(d => d.Document.Kind))
            Unclaimed([.. same], "", $"{TenantManifest.File} does not have {same.Key.Name} among its \"kinds\". Add it there, or remove the file.", "are of this kind");
        foreach (var same in _documents.Except(personal).Where(d => d.Document.Stage is not null && scope.Kinds.Contains(d.Document.Kind) && !scope.Covers(d.Document.Kind, d.Document.Stage)).GroupBy(d => d.Document.Stage, StringComparer.OrdinalIgnoreCase))
            Unclaimed([.. same], "", $"{TenantManifest.File} says that the folder is only about {string.Join(", ", scope.Stages)}. Add {same.Key} to its \"stages\", or remove the file.", "are of this stage");
    }

    private void Unclaimed(List<(string Path, TenantDocument Document)> files, string property, string text, string what)
    {
        var (path, document) = files[0];
        _faults.Add(new TenantFault(path, document.Lines!.TryGetValue(property, out var line) ? line : 1, text + Others(files.Count, what)));
    }

    private static string Others(int count, string what) => count == 1 ? "" : FormattableString.Invariant($" {count - 1} more {(count == 2 ? "file" : "files")} {(count == 2 ? what.Replace("are ", "is ").Replace("have ", "has ") : what)}.");

    private void FindTwins()
    {
        foreach (var same in _documents.GroupBy(d => d.Document.Identity).Where(same => same.Count() > 1))
        {
            var first = same.First();
            foreach (var other in same.Skip(1))
            {
                var line = other.Document.Lines!.TryGetValue(other.Document.Kind.NameProperty, out var known) ? known : 1;
                _faults.Add(new TenantFault(other.Path, line, $"{first.Path} is for the same {other.Document.Kind.Noun}: {other.Document.Name}. Keep one of the files."));
            }
        }
    }

    // A file that can't be read is one fault among the others.
    private byte[]? Bytes(string file)
    {
        var path = PathOf(file);
        try
        {
            return LocalFailure.Explain(path, () => File.ReadAllBytes(path));
        }
        catch (OdcException e)
        {
            _faults.Add(TenantPlaces.IsDeadLink(path) ? DeadLink(file) : new TenantFault(file, 1, $"The file can't be read: {e.Message}"));
            return null;
        }
    }

    private static TenantFault DeadLink(string file) => new(file, 1, "This is a link that leads to nothing. Restore what it leads to, or remove the link.");

    private string PathOf(string file) => Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar));
}
