using System.Globalization;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>What a sample holds.</summary>
public enum Sample
{
    /// <summary>Required members only, and the list of a page, with one item.</summary>
    Minimal,

    /// <summary>Every member, null wherever the schema allows it.</summary>
    Nulls,

    /// <summary>Every member with a value of its own, arrays of two, and members that no schema has.</summary>
    Full,
}

/// <summary>Makes an answer from its schema.</summary>
internal sealed class SampleBody(Sample kind, bool withUnknown)
{
    private const string Unknown = "ofALaterVersion";
    private static readonly DateTimeOffset FirstDate = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly Stack<JsonSchema> _open = new();
    private int _count;

    internal static string Json(JsonSchema schema, Sample kind, bool withUnknown = true) =>
        new SampleBody(kind, withUnknown && kind == Sample.Full).Make(schema, "", isNullable: false)!.ToJsonString();

    /// <summary>Whether a member is none of the schema's.</summary>
    internal static bool IsUnknown(string member) => member.StartsWith(Unknown, StringComparison.Ordinal);

    private JsonNode? Make(JsonSchema schema, string name, bool isNullable)
    {
        var actual = schema.ActualTypeSchema;
        if (kind == Sample.Nulls && isNullable)
            return null;
        if (actual.Enumeration.Count > 0)
            return JsonValue.Create((kind == Sample.Full ? actual.Enumeration.Last() : actual.Enumeration.First())!.ToString());
        if (actual.IsArray)
            return Items(actual, name);
        if (actual.IsObject || actual.Properties.Count > 0)
            return Members(actual);
        return Value(actual, name);
    }

    private JsonArray Items(JsonSchema array, string name)
    {
        // A schema that holds itself ends after its second level.
        var isTooDeep = _open.Count(s => s == array.Item!.ActualTypeSchema) > 1;
        var count = isTooDeep ? 0 : kind == Sample.Full ? 2 : 1;
        return [.. Enumerable.Range(0, count).Select(_ => Make(array.Item!, name, isNullable: false))];
    }

    private JsonObject Members(JsonSchema schema)
    {
        var made = new JsonObject();
        _open.Push(schema);
        foreach (var member in schema.ActualProperties.Values.Where(p => kind != Sample.Minimal || p.IsRequired || p.Name == "results"))
            made[member.Name] = member.Name == "nextPageOffset" ? LastPage(member) : Make(member, member.Name, IsNullable(member) && member.Name != "results");
        if (schema.AdditionalPropertiesSchema is { } value && kind == Sample.Full)
        {
            made["anyKey"] = Make(value, "anyKey", isNullable: false);
            made["any.Other Key"] = Make(value, "any.Other Key", isNullable: false);
        }

        _open.Pop();
        // In a map every member is one of its own, and has its type.
        if (withUnknown && schema.AdditionalPropertiesSchema is null)
            AddUnknown(made);
        return made;
    }

    // The sample is the last page; where that can't be null, an offset that does not grow says so.
    private static JsonNode? LastPage(JsonSchemaProperty offset) => IsNullable(offset) ? null : JsonValue.Create(0);

    private static bool IsNullable(JsonSchemaProperty member) => member.IsNullable(SchemaType.OpenApi3);

    private void AddUnknown(JsonObject made)
    {
        made[Unknown + "Text"] = "new " + Next();
        made[Unknown + "Count"] = Next();
        made[Unknown + "Flag"] = true;
        made[Unknown + "Nothing"] = null;
        made[Unknown + "Object"] = new JsonObject { ["inner"] = "inner " + Next(), ["list"] = new JsonArray(Next(), Next()) };
    }

    private JsonNode Value(JsonSchema schema, string name)
    {
        var number = Next();
        if (schema.Type.HasFlag(JsonObjectType.Boolean))
            return JsonValue.Create(number % 2 == 0);
        if (schema.Type.HasFlag(JsonObjectType.Integer))
            return JsonValue.Create((long)Math.Max(number, schema.Minimum ?? number));
        if (schema.Type.HasFlag(JsonObjectType.Number))
            return JsonValue.Create(number + 0.5m);
        return JsonValue.Create(schema.Format switch
        {
            "uuid" => $"{number:x8}-1111-4222-8333-444455556666",
            "date-time" => FirstDate.AddHours(number).AddMilliseconds(120).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            "date" => FirstDate.AddDays(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "uri" => $"https://{number}.example/{name}",
            _ => $"{name} {number}",
        });
    }

    private int Next() => ++_count;
}
