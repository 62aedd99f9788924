using System.Text.Json;

namespace OdcPowerShell.Http;

/// <summary>Reads an answer of unknown shape.</summary>
internal static class RawJson
{
    /// <summary>The JSON of an answer; null when it has no body.</summary>
    /// <exception cref="OdcApiException">The body is something else.</exception>
    internal static JsonElement? Read(ApiAnswer answer, ApiRequest request)
    {
        if (answer.Body.Length == 0)
            return null;
        try
        {
            if (Answers.IsJson(answer.ContentType))
            {
                using var json = JsonDocument.Parse(answer.Body);
                return json.RootElement.Clone();
            }
        }
        catch (JsonException e)
        {
            throw ApiFailure.Unexpected(answer, request, e);
        }

        throw ApiFailure.Unexpected(answer, request, inner: null);
    }
}
