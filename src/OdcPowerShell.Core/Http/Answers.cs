using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Http;

/// <summary>A successful answer, whole.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">The body.</param>
/// <param name="Token">The token that the request carried, so that it can be taken out of an answer that repeats it.</param>
internal sealed record ApiAnswer(int Status, string? ContentType, byte[] Body, Authentication.Secret? Token = null);

/// <summary>Distinguishes an answer of the API from one of something else: a sign-in page with 200 is no success.</summary>
internal static class Answers
{
    /// <summary>The JSON of an answer.</summary>
    /// <exception cref="OdcApiException">It is not what the operation answers with.</exception>
    internal static T Read<T>(ApiAnswer answer, JsonTypeInfo<T> type, ApiRequest request)
    {
        try
        {
            if (IsJson(answer.ContentType) && JsonSerializer.Deserialize(answer.Body, type) is { } value)
                return Missing(value, answer.Body, type, request) is { } missing ? throw ApiFailure.Unexpected(answer, request, inner: null, $"without {missing}") : value;
        }
        catch (JsonException e)
        {
            throw ApiFailure.Unexpected(answer, request, e);
        }

        throw ApiFailure.Unexpected(answer, request, inner: null);
    }

    /// <summary>The answer to a change that answers with nothing.</summary>
    /// <exception cref="OdcApiException">Another status than the documented one, or a body where none is due: it may not be done.</exception>
    internal static ApiAnswer RequireDone(ApiAnswer answer, ApiRequest request)
    {
        var success = request.Operation!.Success;
        if (answer.Status != success && answer.Status != 204)
            throw ApiFailure.Unexpected(answer, request, inner: null, $"where the API documents {success}");
        // Of some, only the status is documented: they may answer with JSON.
        if (answer.Body.All(b => b is (byte)' ' or (byte)'\r' or (byte)'\n') || (success is 200 or 202 && IsWhole(answer)))
            return answer;
        throw ApiFailure.Unexpected(answer, request, inner: null, "where the API documents no body");
    }

    internal static bool IsJson(string? contentType) =>
        contentType is not null && contentType.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static string? Missing<T>(T value, byte[] body, JsonTypeInfo<T> type, ApiRequest request) => value switch
    {
        IAnswer answer => answer.Missing,
        ILongRunning started when !request.IsSafe => string.IsNullOrEmpty(started.OperationKey) ? "the key of what was started" : null,
        _ => HasKnownMember(body, type) ? null : "any member that the API documents",
    };

    private static bool HasKnownMember(byte[] body, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameAt(ref reader);
            if (type.Properties.Any(p => p is { IsExtensionData: false, Set: not null } && string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)))
                return true;
            reader.Skip();
        }

        return false;
    }

    // A name that is no Unicode is none that the API documents.
    private static string? NameAt(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsWhole(ApiAnswer answer)
    {
        try
        {
            using var json = IsJson(answer.ContentType) ? JsonDocument.Parse(answer.Body) : null;
            return json is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
