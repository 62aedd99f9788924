using System.Text.Json.Nodes;
using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Tenants;

/// <summary>Settings as documents have them: values by name, and for a secret the name of the vault entry that has it.</summary>
internal static class SnapshotSettings
{
    private static IReadOnlyList<(string Property, string Section)> Sections =>
    [
        ("settings", SettingSection.Setting), ("timers", SettingSection.Timer), ("integrations", SettingSection.Integration), ("systemConfigurations", SettingSection.SystemConfiguration),
    ];

    internal static JsonObject Of(OdcAssetConfiguration configuration, string asset, string stage)
    {
        var content = new JsonObject().With("asset", asset);
        foreach (var (property, section) in Sections)
            content.With(property, Of(configuration.All.Where(s => s.Section == section), setting => setting.Path, $"{stage}/{asset}"));
        return content;
    }

    /// <summary>The values with which the assets work after the next deployment, by name. Binary values are left out: they are files.</summary>
    internal static JsonObject Of(IEnumerable<OdcConfigurationValue> settings, Func<OdcConfigurationValue, string> name, string place)
    {
        var values = new JsonObject();
        foreach (var setting in settings.Where(s => s.DataType is not ("Binary" or "BinaryUrl")).OrderBy(name, StringComparer.Ordinal))
            values[name(setting)] = setting.IsSecret ? new JsonObject { ["secret"] = $"{place}/{name(setting)}" } : setting.Value;
        return values;
    }
}

/// <summary>Builds the JSON of documents. What is empty is left out, and lists are sorted, so that the same object is always the same text.</summary>
internal static class SnapshotJson
{
    internal static JsonObject With(this JsonObject json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json[name] = value;
        return json;
    }

    internal static JsonObject With(this JsonObject json, string name, bool? value)
    {
        if (value is { } flag)
            json[name] = flag;
        return json;
    }

    internal static JsonObject With(this JsonObject json, string name, int? value)
    {
        if (value is { } number)
            json[name] = number;
        return json;
    }

    internal static JsonObject With(this JsonObject json, string name, IEnumerable<string> texts)
    {
        var array = new JsonArray([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);
        if (array.Count > 0)
            json[name] = array;
        return json;
    }

    internal static JsonObject With(this JsonObject json, string name, IEnumerable<JsonObject> objects)
    {
        var array = new JsonArray([.. objects.OrderBy(o => o.ToJsonString(), StringComparer.Ordinal)]);
        if (array.Count > 0)
            json[name] = array;
        return json;
    }

    internal static JsonObject With(this JsonObject json, string name, JsonObject value)
    {
        if (value.Count > 0)
            json[name] = value;
        return json;
    }
}
