using System.Text.Json.Nodes;

namespace OdcPowerShell.Tenants;

/// <summary>JSON Schemas of the files, from the shapes of their kinds. An export writes them beside its files, so that editors complete names and values without a network.</summary>
internal static class TenantSchemas
{
    internal const string Folder = ".schema";

    private const string Ending = ".schema.json";

    private const string Moment = @"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$";

    // The version that editors support best.
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    /// <summary>The schemas by their path in the folder of an export.</summary>
    internal static IEnumerable<(string Path, JsonObject Schema)> All => TenantKinds.All.Select(kind => (PathOf(kind), Of(kind))).Append((ManifestPath, TenantManifest.Schema()));

    internal static string ManifestPath => $"{Folder}/tenant{Ending}";

    internal static string PathOf(TenantKind kind) => $"{Folder}/{kind.Folder}{Ending}";

    /// <summary>What a file names as its schema.</summary>
    internal static string Reference(string file, string schema) => string.Concat(Enumerable.Repeat("../", file.Count(c => c == '/'))) + schema;

    /// <summary>Whether a text is what one of the files names as its schema.</summary>
    internal static bool IsReference(string? text) => text is not null && All.Any(schema => text.EndsWith(schema.Path, StringComparison.Ordinal));

    internal static JsonObject Of(TenantKind kind)
    {
        var first = new JsonObject { [TenantFile.SchemaProperty] = Described("string", "The schema of the file.") };
        if (kind.IsPerStage && kind != TenantKinds.Stage)
            first[TenantFile.StageProperty] = Described("string", "The stage that it belongs to: the one whose folder the file is in.");
        var schema = new JsonObject
        {
            ["$schema"] = Draft,
            ["title"] = kind.Name,
            ["description"] = $"A file of Export-OdcTenant: {kind.Noun}.{(kind.IsState ? " It is only shown: it can't be changed through the API." : "")}",
        };
        return Add(schema, kind.Shape, kind.IsState, first);
    }

    private static JsonObject Add(JsonObject schema, TenantShape shape, bool isState, JsonObject properties)
    {
        schema["type"] = "object";
        schema["additionalProperties"] = false;
        schema.With("required", shape.Properties.Where(p => p.IsRequired).Select(p => p.Name));
        foreach (var property in shape.Properties)
            properties[property.Name] = Of(property, isState || property.IsState);
        schema["properties"] = properties;
        return schema;
    }

    private static JsonObject Of(TenantProperty property, bool isState)
    {
        var schema = Described(TypeOf(property.Type), property.Description);
        if (isState)
            schema["readOnly"] = true;
        if (property.Values is not null)
            schema.With("enum", property.Values);
        if (property.IsMoment)
            schema["pattern"] = Moment;
        if (property.Type is TenantValue.Texts or TenantValue.Objects)
        {
            schema["uniqueItems"] = true;
            schema["items"] = property.Of is { } shape ? Add([], shape, isState, []) : new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        }

        if (property is { IsRequired: true, Type: TenantValue.Text })
            schema["minLength"] = 1;
        if (property.Type == TenantValue.Settings)
            schema["additionalProperties"] = Setting();
        return schema;
    }

    private static JsonObject Setting() => new()
    {
        ["anyOf"] = new JsonArray
        {
            new JsonObject { ["type"] = new JsonArray { "string", "null" } },
            new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["required"] = new JsonArray { "secret" },
                ["properties"] = new JsonObject { ["secret"] = Described("string", "The name of the vault entry that has the value.") },
            },
        },
    };

    private static string TypeOf(TenantValue type) => type switch
    {
        TenantValue.Text => "string",
        TenantValue.Number => "integer",
        TenantValue.Flag => "boolean",
        TenantValue.Settings => "object",
        _ => "array",
    };

    private static JsonObject Described(string type, string description) => new() { ["description"] = description, ["type"] = type };
}
