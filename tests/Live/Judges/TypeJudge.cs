using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Live.Judges;

/// <summary>Compares an answer with the module's own type for it: members, types, dates, keys, and values of closed lists.</summary>
internal static class TypeJudge
{
    internal static IEnumerable<Fault> Judge(JsonElement value, Type type) => Value(value, type, "");

    /// <summary>The type that the module reads an operation's answer into; null where it reads none.</summary>
    internal static Type? AnswerOf(Operation operation) => operation.HasAnswer ? operation.GetType().GetGenericArguments()[0] : null;

    private static IEnumerable<Fault> Value(JsonElement value, Type declared, string path)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        // The module reads null everywhere but in lists and keys, where its owner looks for it.
        if (value.ValueKind == JsonValueKind.Null || type == typeof(JsonElement) || type == typeof(object))
            return [];
        if (type == typeof(DateTimeOffset) || type == typeof(DateOnly))
            return Date(value, path, type == typeof(DateOnly) ? "date" : "date-time");
        if (Simple(type) is { } kinds)
            return !kinds.Kinds.Contains(value.ValueKind) || (kinds.IsWhole && !value.TryGetInt64(out _)) ? [WrongType(value, path, kinds.Name)]
                : value.ValueKind == JsonValueKind.String && Answer.Text(value) is null ? [NoText(path)] : [];
        var contract = OdcJson.Default.GetTypeInfo(type);
        return contract?.Kind switch
        {
            JsonTypeInfoKind.Object => Members(value, contract, path),
            JsonTypeInfoKind.Enumerable => Items(value, contract.ElementType!, path),
            JsonTypeInfoKind.Dictionary => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().SelectMany(m => Value(m.Value, contract.ElementType!, path + ".*")) : [WrongType(value, path, "object")],
            // A type with a converter of its own: the module's reader judges it.
            _ => [],
        };
    }

    private static IEnumerable<Fault> Items(JsonElement value, Type item, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return [WrongType(value, path, "array")];
        return value.EnumerateArray().SelectMany(i => i.ValueKind == JsonValueKind.Null ? [new Fault(Deviation.UnexpectedNull, path + "[]", "no null in a list", "null")] : Value(i, item, path + "[]"));
    }

    private static IEnumerable<Fault> Members(JsonElement value, JsonTypeInfo contract, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            yield return WrongType(value, path, "object");
            yield break;
        }

        var known = contract.Properties.Where(p => p is { IsExtensionData: false, Set: not null }).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var member in value.EnumerateObject())
        {
            var at = Join(path, Formats.Name(member.Name));
            if (!known.TryGetValue(member.Name, out var property))
            {
                if (IsPageNumber(contract.Type, member.Name))
                    continue;
                yield return new Fault(Deviation.UnknownProperty, at, $"a member of {Shown(contract.Type)}", Kind(member.Value));
                continue;
            }

            foreach (var fault in Value(member.Value, property.PropertyType, at).Concat(Listed(member.Value, contract.Type, property, at)))
                yield return fault;
        }

        if (KeyOf(contract) is { } key && (!value.TryGetProperty(key, out var found) || found.ValueKind == JsonValueKind.Null))
            yield return new Fault(Deviation.MissingProperty, Join(path, key), "the key of the object", found.ValueKind == JsonValueKind.Null ? "null" : "nothing");
    }

    private static IEnumerable<Fault> Listed(JsonElement value, Type owner, JsonPropertyInfo property, string path) =>
        value.ValueKind == JsonValueKind.String && KnownValues.Of(owner, Clr(owner, property.Name)) is { } values && Answer.Text(value) is { } text && !values.Contains(text, StringComparer.Ordinal)
            ? [new Fault(Deviation.UnknownValue, path, $"one of {string.Join(", ", values)}", "another value")]
            : [];

    private static IEnumerable<Fault> Date(JsonElement value, string path, string format)
    {
        if (value.ValueKind != JsonValueKind.String)
            return [WrongType(value, path, "string")];
        if (Answer.Text(value) is not { } text)
            return [NoText(path)];
        return Formats.Has(text, format) || (format == "date-time" && Formats.Has(text, "date")) ? [] : [new Fault(Deviation.DateFormat, path, format, Formats.DescribeDate(text))];
    }

    private static (string Name, IReadOnlyList<JsonValueKind> Kinds, bool IsWhole)? Simple(Type type) =>
        type == typeof(string) || type == typeof(OdcSecretText) || type == typeof(Guid) || type == typeof(Uri) ? ("string", [JsonValueKind.String], false)
        : type == typeof(bool) ? ("boolean", [JsonValueKind.True, JsonValueKind.False], false)
        : type == typeof(int) || type == typeof(long) ? ("integer", [JsonValueKind.Number], true)
        : type == typeof(double) || type == typeof(decimal) ? ("number", [JsonValueKind.Number], false)
        : null;

    // The module reads lists by the other members of a page.
    private static bool IsPageNumber(Type type, string member) => (type == typeof(PageInfo) || type == typeof(CursorInfo)) && (member is "offset" or "totalPages" or "count" or "limit");

    // Only of types that the module finds by a key.
    private static string? KeyOf(JsonTypeInfo contract) =>
        ResourceTypes.All.FirstOrDefault(t => t.Type == contract.Type) is { } resource ? contract.Properties.FirstOrDefault(p => Clr(contract.Type, p.Name) == resource.KeyProperty)?.Name : null;

    // The property that is read from a member.
    private static string? Clr(Type type, string member) => type.GetProperties().FirstOrDefault(p =>
        p.GetCustomAttribute<JsonIgnoreAttribute>() is null
        && string.Equals(p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? p.Name, member, StringComparison.OrdinalIgnoreCase))?.Name;

    internal static Fault WrongType(JsonElement value, string path, string expected) => new(Deviation.WrongType, path, expected, Kind(value));

    internal static Fault NoText(string path) => new(Deviation.Unreadable, path, "a text of whole characters", "half of a surrogate pair");

    internal static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };

    internal static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shown(Type type) => type.IsGenericType ? type.Name.Split('`')[0] : type.Name;
}
