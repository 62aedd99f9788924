using System.Text.Json;
using OdcPowerShell.Json;

namespace OdcPowerShell.Http;

/// <summary>What an error body says, whatever its shape: problem details, other JSON or none.</summary>
internal sealed record Problem(string? ErrorCode, string? TraceId, string? Detail, IReadOnlyDictionary<string, IReadOnlyList<string>> Errors)
{
    private static readonly IReadOnlyList<string> Members = ["type", "title", "status", "detail", "instance", "traceId", "errorCode", "errors"];

    private static readonly Problem Silent = new(ErrorCode: null, TraceId: null, Detail: null, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));

    /// <summary>Whether the body is the JSON that the APIs send with their errors; what stands in front of them sends pages, texts, or JSON of its own.</summary>
    internal bool IsOfApi { get; private init; }

    internal static Problem Read(byte[] body, string? contentType)
    {
        if (!Answers.IsJson(contentType) || body.Length is 0 or > 1_000_000)
            return Silent;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : Silent;
        }
        catch (InvalidOperationException)
        {
            // JSON, with a text that is none.
            return Silent with { IsOfApi = true };
        }
        catch (JsonException)
        {
            // The body is only decoration here: the status decides, and the exception carries an excerpt.
            return Silent;
        }
    }

    private static Problem Read(JsonElement body) =>
        new(Text(body, "errorCode"), Text(body, "traceId"), Text(body, "detail") ?? Text(body, "title"), Fields(body))
        {
            IsOfApi = Members.Any(m => body.TryGetProperty(m, out _)) || !body.EnumerateObject().Any(),
        };

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Redactor.Clean(value.GetString()!) : null;

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Fields(JsonElement body)
    {
        if (!body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object)
            return Silent.Errors;
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var field in errors.EnumerateObject())
        {
            fields[field.Name] = field.Value.ValueKind == JsonValueKind.Array
                ? [.. field.Value.EnumerateArray().Select(m => Redactor.Clean(m.ToString()))]
                : [Redactor.Clean(field.Value.ToString())];
        }

        return fields;
    }
}
