using System.Globalization;
using System.Security;
using System.Text.Json;

namespace OdcPowerShell.Json;

/// <summary>Dates in UTC. A date without an offset is UTC, and year 1 means no date.</summary>
internal sealed class UtcDateTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A date is expected.");
        // The usual form is read from its bytes. Without the Z it would be local time.
        if (!reader.HasValueSequence && reader.ValueSpan.EndsWith("Z"u8) && reader.TryGetDateTimeOffset(out var exact))
            return exact.Year == 1 ? null : exact;
        var text = reader.GetString();
        if (string.IsNullOrEmpty(text))
            return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
            throw new JsonException("A date can't be read.");
        return date.Year == 1 ? null : date;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } date)
            writer.WriteStringValue(date.UtcDateTime);
        else
            writer.WriteNullValue();
    }
}

/// <summary>Dates in members that the API declares as plain texts.</summary>
internal static class DateText
{
    /// <summary>The date in UTC; null for a text that is not a date.</summary>
    internal static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) && date.Year > 1 ? date : null;
}

/// <summary>Secrets in answers. They are never written.</summary>
internal sealed class SecretTextConverter : JsonConverter<OdcSecretText?>
{
    public override OdcSecretText? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A text is expected.");
        var secret = new SecureString();
        foreach (var c in reader.GetString()!)
            secret.AppendChar(c);
        secret.MakeReadOnly();
        return new OdcSecretText(secret);
    }

    public override void Write(Utf8JsonWriter writer, OdcSecretText? value, JsonSerializerOptions options) => writer.WriteNullValue();
}

/// <summary>Reads text from parsed JSON. Unpaired surrogates and invalid UTF-8 are found only here, and not by the parser.</summary>
internal static class JsonText
{
    private const string NoText = "\uFFFD";

    internal static string Of(JsonElement value) => Read(value.GetString);

    internal static string NameOf(JsonProperty member) => Read(() => member.Name);

    /// <summary>Whether an exception of a JSON reader means that the text is not JSON.</summary>
    internal static bool IsBroken(Exception e) => e is JsonException or InvalidOperationException;

    private static string Read(Func<string?> read)
    {
        try
        {
            return read()!;
        }
        catch (InvalidOperationException)
        {
            return NoText;
        }
    }
}
