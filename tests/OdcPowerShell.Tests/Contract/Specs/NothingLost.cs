using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>Compares an answer with the objects that a cmdlet made of it, as a script sees them.</summary>
internal static class NothingLost
{
    /// <summary>Every member and value of the answer that the objects do not show; empty when all are there.</summary>
    internal static IReadOnlyList<string> Losses(string json, IReadOnlyList<PSObject?> written)
    {
        using var body = JsonDocument.Parse(json);
        var items = Items(body.RootElement).ToList();
        if (items.Count != written.Count)
            return [$"{items.Count} objects in the answer, {written.Count} written"];
        return [.. items.Zip(written).SelectMany((pair, i) => Compare(pair.First, pair.Second, $"[{i}]"))];
    }

    /// <summary>The answer with other names for members of its top level.</summary>
    internal static string Rename(string json, IReadOnlyDictionary<string, string> names)
    {
        var body = JsonNode.Parse(json)!;
        foreach (var (from, to) in names.Where(n => body.AsObject().ContainsKey(n.Key)))
        {
            var value = body[from];
            body.AsObject().Remove(from);
            body.AsObject().Add(to, value);
        }

        return body.ToJsonString();
    }

    // A page's own members, such as its totals, are not for the pipeline.
    private static IEnumerable<JsonElement> Items(JsonElement body) =>
        body.ValueKind != JsonValueKind.Object || !(body.TryGetProperty("results", out var results) || body.TryGetProperty("builds", out results)) ? [body]
        : results.ValueKind == JsonValueKind.Array ? results.EnumerateArray() : [];

    private static IEnumerable<string> Compare(JsonElement expected, object? actual, string path) => (expected.ValueKind, Bare(actual)) switch
    {
        (JsonValueKind.Null, null) => [],
        (_, null) => [$"{path}: {expected} became null"],
        (JsonValueKind.Object, IDictionary map) => expected.EnumerateObject().SelectMany(m => CompareEntry(m, map, path)),
        (JsonValueKind.Object, _) => expected.EnumerateObject().SelectMany(m => IsSecret(expected, m) ? CompareSecret(m, actual!, path) : CompareMember(m, actual!, path)),
        (JsonValueKind.Array, IEnumerable list and not string) => CompareItems(expected, [.. list.Cast<object?>()], path),
        (_, var value) => IsSame(expected, value) ? [] : [$"{path}: {expected} became {value} ({value.GetType().Name})"],
    };

    // The value of a secret setting must not be shown, even if an answer has it.
    private static bool IsSecret(JsonElement setting, JsonProperty member) =>
        member.Name is "value" or "deployedValue" or "defaultValue" && setting.TryGetProperty("isSecret", out var isSecret) && isSecret.ValueKind == JsonValueKind.True;

    private static IEnumerable<string> CompareSecret(JsonProperty member, object owner, string path) =>
        PSObject.AsPSObject(owner).Properties[Typed(Bare(owner)!, member.Name)!].Value is null ? [] : [$"{path}.{member.Name}: a secret is shown"];

    private static IEnumerable<string> CompareMember(JsonProperty member, object owner, string path)
    {
        var typed = Typed(Bare(owner)!, member.Name);
        var shown = typed is null ? PSObject.AsPSObject(owner).Properties[member.Name] as PSNoteProperty : PSObject.AsPSObject(owner).Properties[typed];
        if (shown is null)
            return [$"{path}.{member.Name}: lost"];
        if (typed is null && Bare(owner) is OdcResource resource && !SampleBody.IsUnknown(member.Name))
            return [$"{path}.{member.Name}: give {resource.GetType().Name} a property for it, it is shown only as a member of a later version would be"];
        return Compare(member.Value, shown.Value, $"{path}.{member.Name}");
    }

    private static IEnumerable<string> CompareEntry(JsonProperty entry, IDictionary map, string path) =>
        map.Contains(entry.Name) ? Compare(entry.Value, map[entry.Name], $"{path}.{entry.Name}") : [$"{path}.{entry.Name}: lost"];

    private static IEnumerable<string> CompareItems(JsonElement expected, List<object?> actual, string path) => expected.GetArrayLength() != actual.Count
        ? [$"{path}: {expected.GetArrayLength()} items became {actual.Count}"]
        : expected.EnumerateArray().Zip(actual).SelectMany((pair, i) => Compare(pair.First, pair.Second, $"{path}[{i}]"));

    /// <summary>The property that holds a JSON member: the one that is renamed to it, or the one of that name; null where the type has none.</summary>
    private static string? Typed(object owner, string member)
    {
        if (owner is PSObject)
            return null;
        var known = owner.GetType().GetProperties().Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null).ToList();
        return known.Find(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name == member)?.Name
            ?? known.Find(p => p.GetCustomAttribute<JsonPropertyNameAttribute>() is null && string.Equals(p.Name, member, StringComparison.OrdinalIgnoreCase))?.Name;
    }

    private static bool IsSame(JsonElement expected, object actual) => actual switch
    {
        DateTimeOffset date => date.Offset == TimeSpan.Zero && expected.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(expected.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && instant == date,
        bool flag => expected.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False),
        int or long or double or decimal => expected.ValueKind == JsonValueKind.Number
            && expected.GetDecimal() == Convert.ToDecimal(actual, CultureInfo.InvariantCulture),
        OdcSecretText secret => new System.Net.NetworkCredential("", secret).Password == expected.GetString(),
        System.Security.SecureString secret => new System.Net.NetworkCredential("", secret).Password == expected.GetString(),
        _ => expected.ValueKind == JsonValueKind.String && expected.GetString() == Convert.ToString(actual, CultureInfo.InvariantCulture),
    };

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
