using System.Text.Json;

namespace OdcPowerShell.Json;

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
