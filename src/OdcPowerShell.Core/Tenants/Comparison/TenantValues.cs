using System.Globalization;
using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tenants;

/// <summary>The texts by which values are compared, in one form for all that means the same.</summary>
internal static class TenantValues
{
    /// <summary>The text of a value. Null and empty are the same: the service returns either for what is not there.</summary>
    internal static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text.Length == 0 ? null : text,
        _ => node.ToJsonString(),
    };

    /// <summary>The text of a property's value in its usual form: a date as the moment in UTC, a block of one address as the address.</summary>
    internal static string? Usual(TenantProperty property, JsonNode? node) => Text(node) is not { } text ? null
        : property.IsMoment ? Moment(text) ?? text
        : property.IsRange ? IpRange.Find(text)?.Text ?? text
        : text;

    /// <summary>A moment as exports write it; a date alone is its beginning in UTC. Null for what is neither.</summary>
    internal static string? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? Text(moment) : null;

    /// <summary>A moment as exports write it.</summary>
    internal static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    /// <summary>The values of an item of a list as a text; null where it has none but its name. What distinguishes an item is its name, and is not repeated.</summary>
    internal static string? Item(TenantShape? shape, JsonNode node)
    {
        if (node is not JsonObject json || shape?.Identity is null)
            return null;
        var values = shape.Properties.Where(p => !shape.Identity.Contains(p.Name, StringComparer.Ordinal)).Select(p => Part(p, json[p.Name])).OfType<string>().ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }

    private static string? Part(TenantProperty property, JsonNode? node)
    {
        var text = node is JsonArray list ? string.Join("; ", list.Select(Text).OfType<string>()) : Text(node);
        return !string.IsNullOrEmpty(text) ? $"{property.Name} {text}" : property.EmptyMeans;
    }
}
