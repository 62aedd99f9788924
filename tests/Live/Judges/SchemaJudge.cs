namespace OdcPowerShell.Live.Judges;

/// <summary>Compares a value with a schema of an OpenAPI document (3.0): types, members, nulls, closed lists and formats.</summary>
internal sealed class SchemaJudge(JsonElement document)
{
    internal IEnumerable<Fault> Judge(JsonElement value, JsonElement schema) => Value(value, schema, "");

    private IEnumerable<Fault> Value(JsonElement value, JsonElement schema, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return IsNullable(schema) ? [] : [new Fault(Deviation.UnexpectedNull, path, "no null", "null")];
        if (schema.TryGetProperty("$ref", out var reference))
            return Value(value, Resolve(reference.GetString()!), path);
        return Parts(schema).SelectMany(part => Value(value, part, path)).Concat(Own(value, schema, path));
    }

    private IEnumerable<Fault> Own(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("enum", out var values))
        {
            return values.EnumerateArray().Any(v => v.ValueKind == value.ValueKind && v.GetRawText() == value.GetRawText())
                ? []
                : [new Fault(Deviation.UnknownValue, path, $"one of {string.Join(", ", values.EnumerateArray().Select(v => v.ToString()))}", value.ValueKind == JsonValueKind.String ? "another value" : TypeJudge.Kind(value))];
        }

        return Text(schema, "type") switch
        {
            "object" => Members(value, schema, path),
            "array" => value.ValueKind != JsonValueKind.Array ? [TypeJudge.WrongType(value, path, "array")]
                : schema.TryGetProperty("items", out var items) ? value.EnumerateArray().SelectMany(item => Value(item, items, path + "[]")) : [],
            "string" => Texts(value, schema, path),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [TypeJudge.WrongType(value, path, "boolean")],
            "integer" => Integer(value, schema) ? [] : [TypeJudge.WrongType(value, path, Text(schema, "format") ?? "integer")],
            "number" => value.ValueKind == JsonValueKind.Number ? [] : [TypeJudge.WrongType(value, path, "number")],
            _ => schema.TryGetProperty("properties", out _) ? Members(value, schema, path) : [],
        };
    }

    private IEnumerable<Fault> Members(JsonElement value, JsonElement schema, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            yield return TypeJudge.WrongType(value, path, "object");
            yield break;
        }

        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        foreach (var member in value.EnumerateObject())
        {
            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member.Name, out var own))
            {
                foreach (var fault in Value(member.Value, own, TypeJudge.Join(path, member.Name)))
                    yield return fault;
            }
            else if (others.ValueKind == JsonValueKind.Object)
            {
                foreach (var fault in Value(member.Value, others, path + ".*"))
                    yield return fault;
            }
            // Some schemas do not say that they are closed, but a member that they do not list is a new one all the same.
            else if (others.ValueKind == JsonValueKind.False || known.ValueKind == JsonValueKind.Object)
                yield return new Fault(Deviation.UnknownProperty, TypeJudge.Join(path, Formats.Name(member.Name)), "a member of the schema", TypeJudge.Kind(member.Value));
        }

        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(r => r.GetString()!) : [])
        {
            if (!value.TryGetProperty(name, out _))
                yield return new Fault(Deviation.MissingProperty, TypeJudge.Join(path, name), "a required member", "nothing");
        }
    }

    private static IEnumerable<Fault> Texts(JsonElement value, JsonElement schema, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
            return [TypeJudge.WrongType(value, path, "string")];
        if (Answer.Text(value) is not { } text)
            return [TypeJudge.NoText(path)];
        var format = Text(schema, "format");
        return Formats.Has(text, format) ? []
            : format is "date" or "date-time" ? [new Fault(Deviation.DateFormat, path, format, Formats.DescribeDate(text))]
            : [new Fault(Deviation.WrongType, path, format!, "another text")];
    }

    private static bool Integer(JsonElement value, JsonElement schema) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && (Text(schema, "format") != "int32" || number is >= int.MinValue and <= int.MaxValue);

    private bool IsNullable(JsonElement schema) =>
        (schema.TryGetProperty("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True)
        || (schema.TryGetProperty("$ref", out var reference) && IsNullable(Resolve(reference.GetString()!)))
        // A schema without a type takes anything.
        || (!schema.TryGetProperty("type", out _) && !schema.TryGetProperty("$ref", out _) && !schema.TryGetProperty("enum", out _) && !Parts(schema).Any());

    private static IEnumerable<JsonElement> Parts(JsonElement schema) => schema.TryGetProperty("allOf", out var all) ? all.EnumerateArray() : [];

    private JsonElement Resolve(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at.GetProperty(Uri.UnescapeDataString(name).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;
}
