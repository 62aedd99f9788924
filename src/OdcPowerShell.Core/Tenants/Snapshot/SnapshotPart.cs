using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>A part of a snapshot that is read, and kept, as a whole: a list of objects, or one object with its own requests.</summary>
/// <param name="Kind">The kind of its objects.</param>
/// <param name="Stage">The name of the stage; null for the organization.</param>
/// <param name="Item">The key of the object, for one with its own requests; null for a list.</param>
internal sealed record SnapshotPart(TenantKind Kind, string? Stage, string? Item)
{
    /// <summary>What distinguishes it from the other parts of a snapshot.</summary>
    internal string Id => $"{Kind.Name}|{Stage}|{Item}";

    internal List<TenantDocument> Documents { get; } = [];

    internal List<UnreadPart> Unread { get; } = [];

    internal void AddUnread(string reason, string? name = null) => Unread.Add(new UnreadPart(Kind, Stage, name, reason));

    /// <summary>Adds a document, unless its file could not be read back: then it is unknown, with the reason.</summary>
    internal void Add(SnapshotNames names, string? key, string? name, Func<DocumentNames, JsonObject> read)
    {
        var resolver = new DocumentNames(names);
        var document = new TenantDocument(Kind, Stage, name ?? (Kind.IsSingle ? Kind.Noun : key ?? ""), read(resolver)) { Key = key };
        if ((resolver.Unknown ?? FaultOf(document)) is { } unknown)
            Unread.Add(new UnreadPart(Kind, Stage, name, unknown));
        else
            Documents.Add(document);
    }

    private string? FaultOf(TenantDocument document)
    {
        var faults = new List<TenantFault>();
        var file = Kind.Folder + ".json";
        if (new TenantText(file, TenantFolder.Bytes(document, file), faults.Add).Read() is { } node)
            new TenantFile(file, Kind.Shape, faults.Add).Read(node, TenantFile.SchemaProperty, TenantFile.StageProperty);
        return faults.Count == 0 ? null : $"the service has it as no file can: {faults[0].Text}";
    }
}

/// <summary>Keeps parts of a snapshot, so that an interrupted one continues without asking for them again.</summary>
internal interface ISnapshotParts
{
    SnapshotPart? Find(SnapshotPart wanted);

    void Keep(SnapshotPart part);
}
