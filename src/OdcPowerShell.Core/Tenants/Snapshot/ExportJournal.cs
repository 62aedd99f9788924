using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>
/// The parts that an export has read, in a file in its folder, one a line. If the export is interrupted, the next one takes them from there. It has nothing
/// that the files of the export don't have, apart from the keys of objects, and is removed when they are complete.
/// </summary>
internal sealed class ExportJournal : ISnapshotParts, IDisposable
{
    internal const string File = ".export.jsonl";

    /// <summary>What was read longer ago is read again: the tenant may have changed since.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly object _lock = new();
    private readonly Dictionary<string, SnapshotPart> _known = new(StringComparer.Ordinal);
    private readonly FileStream _stream;
    private readonly string _path;

    private ExportJournal(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>The number of parts that were read before.</summary>
    internal int Known => _known.Count;

    /// <summary>Begins a new journal, in place of one that is there.</summary>
    internal static ExportJournal Begin(string folder, string tenant, string scope, DateTimeOffset now) => LocalFailure.Explain(folder, () =>
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, File);
        var journal = new ExportJournal(path, new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        journal.Write(new JsonObject { ["tenant"] = tenant, ["scope"] = scope, ["startedAt"] = now.UtcDateTime.ToString("o", CultureInfo.InvariantCulture) });
        return journal;
    });

    /// <summary>Continues the journal of an interrupted export; null if there is none.</summary>
    /// <exception cref="OdcException">It is of another tenant or another scope, or too old.</exception>
    internal static ExportJournal? Continue(string folder, string tenant, string scope, DateTimeOffset now)
    {
        var path = Path.Combine(folder, File);
        if (!System.IO.File.Exists(path))
            return null;
        var lines = LocalFailure.Explain(path, () => System.IO.File.ReadAllLines(path, Encoding.UTF8));
        var header = Parse(lines.FirstOrDefault());
        if (header is null || !DateTimeOffset.TryParse((string?)header["startedAt"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var startedAt))
            return null;
        if ((string?)header["tenant"] != tenant)
            throw Other($"It was of the tenant {(string?)header["tenant"]}.");
        if ((string?)header["scope"] != scope)
            throw Other($"It was of another part of the tenant: {(string?)header["scope"]}.");
        if (now - startedAt > Life)
            throw Other($"It was started at {startedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, more than an hour ago: the tenant may have changed since.");
        var journal = new ExportJournal(path, LocalFailure.Explain(path, () => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read)));
        // A last line that is cut off is read again.
        foreach (var part in lines.Skip(1).Select(line => Parse(line)).Where(json => json is not null).Select(json => PartOf(json!)))
            journal._known[part.Id] = part;
        journal._stream.Seek(0, SeekOrigin.End);
        journal._stream.WriteByte((byte)'\n');
        return journal;

        OdcException Other(string why) => new(OdcErrorCause.InvalidRequest, $"The export that was interrupted in {folder} can't be continued. {why}", "Run the command without -Resume: it starts anew.");
    }

    public SnapshotPart? Find(SnapshotPart wanted) => _known.TryGetValue(wanted.Id, out var part) ? part : null;

    public void Keep(SnapshotPart part) => Write(new JsonObject
    {
        ["kind"] = part.Kind.Name,
        ["stage"] = part.Stage,
        ["item"] = part.Item,
        ["documents"] = new JsonArray([.. part.Documents.Select(d => new JsonObject { ["name"] = d.Name, ["key"] = d.Key, ["content"] = d.Content.DeepClone() })]),
    });

    /// <summary>Removes the journal: the files are complete.</summary>
    internal void Complete()
    {
        Dispose();
        LocalFailure.Explain(_path, () =>
        {
            System.IO.File.Delete(_path);
            return true;
        });
    }

    public void Dispose()
    {
        // Requests that still run when a command is stopped keep nothing any more.
        lock (_lock)
            _stream.Dispose();
    }

    private void Write(JsonObject json)
    {
        var line = Encoding.UTF8.GetBytes(json.ToJsonString() + "\n");
        lock (_lock)
        {
            if (!_stream.CanWrite)
                return;
            LocalFailure.Explain(_path, () =>
            {
                _stream.Write(line, 0, line.Length);
                _stream.Flush();
                return true;
            });
        }
    }

    private static JsonObject? Parse(string? line)
    {
        try
        {
            var json = string.IsNullOrEmpty(line) ? null : JsonNode.Parse(line!) as JsonObject;
            // A property that is there twice is only found when the object is used.
            _ = json?.Count;
            return json;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static SnapshotPart PartOf(JsonObject json)
    {
        var part = new SnapshotPart(TenantKinds.Find((string)json["kind"]!)!, (string?)json["stage"], (string?)json["item"]);
        part.Documents.AddRange(((JsonArray)json["documents"]!).Select(d =>
            new TenantDocument(part.Kind, part.Stage, (string)d!["name"]!, (JsonObject)d["content"]!.DeepClone()) { Key = (string?)d["key"] }));
        return part;
    }
}
