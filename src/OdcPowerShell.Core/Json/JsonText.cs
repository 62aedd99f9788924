using System.Text.Json;

namespace OdcPowerShell.Json;

/// <summary>Texts of JSON that was parsed, but not looked into: half a surrogate pair, or bytes that are no UTF-8, are found only there.</summary>
internal static class JsonText
{
    private const string NoText = "\uFFFD";

    internal static string Of(JsonElement value) => Read(value.GetString);

    internal static string NameOf(JsonProperty member) => Read(() => member.Name);

    /// <summary>Whether an exception of a JSON reader says that the text is no JSON.</summary>
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
