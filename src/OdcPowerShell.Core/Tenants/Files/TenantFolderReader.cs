
namespace OdcPowerShell.Tenants;

/// <summary>Reads the files of an export, edited by hand or not, and finds everything that is wrong in them.</summary>
internal sealed class TenantFolderReader(string folder)
{
    private readonly List<TenantFault> _faults = [];
    private readonly List<(string Path, string? StageFolder, TenantDocument Document)> _documents = [];

    /// <exception cref="OdcException">There is no export, or its files have faults, with the file and the line of each.</exception>
    internal TenantContent Read()
    {
        if (!Directory.Exists(folder))
            throw LocalFailure.NotFound(folder, "folder");
        var manifest = Manifest();
        var files = LocalFailure.Explain(folder, () => TenantPlaces.Files(folder).ToList());
        foreach (var (path, stage, kind) in files)
            Read(path, stage, kind);
        FindTwins();
        if (_faults.Count > 0)
            throw TenantFaults.Error(folder, _faults);
        return new TenantContent(TenantContent.Sorted(_documents.Select(d => d.Document)), TenantContent.Sorted(manifest!.Unread)) { Scope = manifest.Scope, Tenant = manifest.Tenant };
    }

    private TenantManifest? Manifest()
    {
        var path = Path.Combine(folder, TenantManifest.File);
        return File.Exists(path) ? TenantManifest.Read(Bytes(path), _faults.Add) : throw new OdcException(
            OdcErrorCause.FileNotFound, $"{folder} has no {TenantManifest.File}: it is no export of a tenant, or one that is not complete.", "Specify the folder of an export, or run Export-OdcTenant again; with -Resume it continues.");
    }

    private void Read(string path, string? stageFolder, TenantKind? kind)
    {
        if (kind is null)
        {
            // In the folders of stages, every file is one of the export; elsewhere, those that name one of its schemas.
            if (stageFolder is null && !TenantSchemas.IsReference(TenantFolder.SchemaOf(Bytes(Path.Combine(folder, path)))))
                return;
            _faults.Add(new TenantFault(path, 1, $"Nothing reads a file here. {(stageFolder is null ? "Files are" : "Files of a stage are")}: {string.Join(", ", TenantKinds.All.Where(k => stageFolder is null ? !k.IsPerStage || k.IsOfOrganizationToo : k.IsPerStage).Select(k => k.Folder + (k.IsSingle ? ".json" : "/")))}."));
            return;
        }

        var before = _faults.Count;
        if (new TenantText(path, Bytes(Path.Combine(folder, path)), _faults.Add).Read() is not { } node)
            return;
        var file = new TenantFile(path, kind.Shape, _faults.Add);
        var content = file.Read(node, stageFolder is null || kind == TenantKinds.Stage ? [TenantFile.SchemaProperty] : [TenantFile.SchemaProperty, TenantFile.StageProperty]);
        var schema = node.Members.Find(m => m.Name == TenantFile.SchemaProperty);
        if (schema.Name is null || !schema.Value.Text.EndsWith(TenantSchemas.PathOf(kind), StringComparison.Ordinal))
            _faults.Add(new TenantFault(path, schema.Name is null ? node.Line : schema.Line, $"The file of {kind.Noun} must have \"$schema\": \"{TenantSchemas.Reference(path, TenantSchemas.PathOf(kind))}\"."));
        var (stage, line) = StageOf(node, stageFolder, kind);
        if (stageFolder is not null && !TenantFileNames.IsFor(stageFolder, stage!))
            _faults.Add(new TenantFault(path, line, $"The stage is \"{stage}\", and the file is in the folder of another: {stageFolder}."));
        if (_faults.Count > before)
            return;
        var name = kind == TenantKinds.Stage ? stage! : kind.IsSingle ? kind.Noun : (string)content[kind.NameProperty]!;
        _documents.Add((path, stageFolder, new TenantDocument(kind, stage, name, content) { File = path, Lines = file.Lines }));
    }

    // Where the file itself does not name the stage, its folder does.
    private static (string? Stage, int Line) StageOf(TenantNode node, string? stageFolder, TenantKind kind)
    {
        if (stageFolder is null)
            return (null, 1);
        var (name, line, value) = node.Members.Find(m => m.Name == (kind == TenantKinds.Stage ? kind.NameProperty : TenantFile.StageProperty));
        return name is not null && value.IsText && value.Text.Length > 0 ? (value.Text, line) : (stageFolder, 1);
    }

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

    private static byte[] Bytes(string path) => LocalFailure.Explain(path, () => File.ReadAllBytes(path));
}
