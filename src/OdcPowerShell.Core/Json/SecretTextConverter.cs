using System.Security;
using System.Text.Json;

namespace OdcPowerShell.Json;

/// <summary>Secrets in answers, which are never written.</summary>
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
