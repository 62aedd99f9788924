namespace OdcPowerShell.Live.Judges;

/// <summary>The official OpenAPI documents of a folder, and what they say about the answers of operations.</summary>
internal sealed class Specifications
{
    // Verb and path with the base, to document and operation.
    private readonly Dictionary<string, (JsonElement Document, JsonElement Operation)> _operations = new(StringComparer.Ordinal);

    private Specifications(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            Read(file);
    }

    internal int Count => _operations.Count;

    /// <summary>The documents of a folder; null without one.</summary>
    /// <exception cref="CannotRunException">The folder has none.</exception>
    internal static Specifications? In(string? folder)
    {
        if (folder is null)
            return null;
        var found = new Specifications(folder);
        return found.Count > 0 ? found : throw new CannotRunException("The folder of --specifications has no OpenAPI documents (*.json).");
    }

    internal bool Has(Operation operation) => _operations.ContainsKey(Name(operation));

    /// <summary>What differs between a successful answer and its schema; nothing where the documents have none.</summary>
    internal IEnumerable<Fault> Judge(Operation operation, JsonElement answer)
    {
        if (!_operations.TryGetValue(Name(operation), out var found) || Success(found.Operation) is not { } schema)
            return [];
        return new SchemaJudge(found.Document).Judge(answer, schema);
    }

    internal static string Name(Operation operation) => $"{operation.Method} {operation.Template}";

    private static JsonElement? Success(JsonElement operation) =>
        operation.GetProperty("responses").EnumerateObject().FirstOrDefault(r => r.Name.StartsWith('2')).Value is { ValueKind: JsonValueKind.Object } response
        && response.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json) && json.TryGetProperty("schema", out var schema) ? schema : null;

    private void Read(string file)
    {
        JsonElement document;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            document = json.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new CannotRunException($"{Path.GetFileName(file)} in the folder of --specifications is not JSON.", e);
        }

        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("paths", out var paths) || !document.TryGetProperty("servers", out var servers))
            return;
        try
        {
            Read(document, paths, servers);
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new CannotRunException($"{Path.GetFileName(file)} in the folder of --specifications is not an OpenAPI document as OutSystems publishes them.", e);
        }
    }

    private void Read(JsonElement document, JsonElement paths, JsonElement servers)
    {
        var url = servers[0].GetProperty("url").GetString() ?? throw new InvalidOperationException("The server has no address.");
        var root = url[Math.Max(0, url.IndexOf("/api/", StringComparison.Ordinal))..];
        foreach (var path in paths.EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Name is "get" or "post" or "patch" or "delete"))
            {
                // Read later, when the operation has answered.
                _ = operation.Value.GetProperty("responses").EnumerateObject();
                _operations[$"{operation.Name.ToUpperInvariant()} {root}{path.Name}"] = (document, operation.Value);
            }
        }
    }
}
