using System.Globalization;
using System.Text.Json;

namespace OdcPowerShell.Output;

/// <summary>What all SARIF files of the module have in common.</summary>
internal static class Sarif
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Begins a file with one run, up to the rules of its tool. The caller ends the list of rules, and calls <see cref="EndRules"/>.</summary>
    internal static void Begin(Utf8JsonWriter json, string tool)
    {
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", tool);
        json.WriteString("organization", "OutSystems");
        json.WriteStartArray("rules");
    }

    /// <summary>Ends the rules, and writes which kind of run it is: of each kind and tenant, a scanner keeps the newest.</summary>
    internal static void EndRules(Utf8JsonWriter json, string id)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("automationDetails");
        json.WriteString("id", id);
        json.WriteEndObject();
    }

    /// <summary>Writes whether all was checked.</summary>
    internal static void WriteInvocation(Utf8JsonWriter json, bool isComplete, IEnumerable<(string Level, string Message)> notifications)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", isComplete);
        json.WriteString("endTimeUtc", Date(DateTimeOffset.UtcNow));
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var (level, message) in notifications)
        {
            json.WriteStartObject();
            json.WriteString("level", level);
            WriteMessage(json, "message", message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Writes where a result is. There are no files: scanners show the names of objects in their place.</summary>
    internal static void WriteLocation(Utf8JsonWriter json, IReadOnlyList<string> path, string name, string? kind)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join("/", path.Select(Uri.EscapeDataString)));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        WriteText(json, "name", name);
        json.WriteString("fullyQualifiedName", string.Join("/", path));
        WriteText(json, "kind", kind);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    internal static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    internal static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            json.WriteString(name, text);
    }

    internal static string? Date(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
