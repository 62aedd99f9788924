using System.Security;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdcPowerShell.Json;

/// <summary>Secrets in answers become SecureStrings; they are never written.</summary>
internal sealed class SecretTextConverter : JsonConverter<SecureString?>
{
    public override SecureString? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A text is expected.");
        var secret = new SecureString();
        foreach (var c in reader.GetString()!)
            secret.AppendChar(c);
        secret.MakeReadOnly();
        return secret;
    }

    public override void Write(Utf8JsonWriter writer, SecureString? value, JsonSerializerOptions options) => writer.WriteNullValue();
}
