using System.Collections.Concurrent;
using System.Text.Json;
using NJsonSchema;
using NSwag;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>The official OpenAPI documents, each read when it is first needed.</summary>
internal sealed class Specification
{
    private static readonly Lazy<Specification?> Loaded = new(() => ModuleFiles.Specifications is { } folder ? new Specification(Path.Combine(folder, "openapi")) : null);

    // Base path on the tenant to document.
    private readonly IReadOnlyDictionary<string, string> _files;
    private readonly ConcurrentDictionary<string, IReadOnlyList<SpecifiedOperation>> _operations = new();

    private Specification(string folder) =>
        _files = Directory.EnumerateFiles(folder, "*.json").ToDictionary(BaseOf, file => file);

    /// <summary>The documents, or the end of the test, seen as skipped, where they are not there.</summary>
    internal static Specification Required()
    {
        Assert.SkipWhen(Loaded.Value is null, $"../shared/api is not there: the official specifications stand beside the repository ({ModuleFiles.Repository}), not in it.");
        return Loaded.Value!;
    }

    internal IEnumerable<SpecifiedOperation> All => _files.Keys.Order(StringComparer.Ordinal).SelectMany(Operations);

    /// <summary>The base path of a document, by its file's name.</summary>
    internal string BasePath(string fileName) => _files.Single(f => Path.GetFileNameWithoutExtension(f.Value) == fileName).Key;

    /// <summary>The operation with a name such as <c>GET /api/identity/v1/users/{key}</c>.</summary>
    internal SpecifiedOperation Named(string name) =>
        Near(name.Split(' ')[1]).SingleOrDefault(o => o.Name == name) ?? throw new InvalidOperationException($"No specification has the operation '{name}'.");

    /// <summary>The operation that a request calls; exact paths win over those with placeholders.</summary>
    internal SpecifiedOperation? Find(WireRequest request) =>
        Near(request.Path).Where(o => o.Matches(request)).OrderBy(o => o.Template.Count(c => c == '{')).FirstOrDefault();

    private IEnumerable<SpecifiedOperation> Near(string path) =>
        _files.Keys.Where(b => path.StartsWith(b + "/", StringComparison.Ordinal)).SelectMany(Operations);

    private IReadOnlyList<SpecifiedOperation> Operations(string basePath) => _operations.GetOrAdd(basePath, b =>
    {
        var document = OpenApiDocument.FromJsonAsync(File.ReadAllText(_files[b])).GetAwaiter().GetResult();
        foreach (var schema in document.Definitions.Values.Where(IsClosed))
            schema.AllowAdditionalProperties = false;
        return [.. document.Paths.SelectMany(path => path.Value, (path, operation) => new SpecifiedOperation(operation.Key.ToUpperInvariant(), b + path.Key, operation.Value))];
    });

    // Some request schemas do not say so, but a member that they do not list is a misspelt one all the same.
    private static bool IsClosed(JsonSchema schema) => schema.Properties.Count > 0 && schema.AdditionalPropertiesSchema is null;

    // Not by the library: the documents disagree on how the variables of "servers" are named.
    private static string BaseOf(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var url = json.RootElement.GetProperty("servers")[0].GetProperty("url").GetString()!;
        return url[url.IndexOf("/api/", StringComparison.Ordinal)..];
    }
}
