using System.Text.Json;

namespace OdcPowerShell.Authentication;

/// <summary>What a token from elsewhere says of itself, for display and renewal only; the service alone judges tokens.</summary>
internal static class JwtClaims
{
    internal static (DateTimeOffset? ExpiresOn, string? ClientId) Read(Secret token)
    {
        var parts = token.Reveal().Split('.');
        if (parts.Length < 2)
            return default;
        try
        {
            var text = parts[1].Replace('-', '+').Replace('_', '/');
            using var json = JsonDocument.Parse(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
            return (Expiry(json.RootElement), Client(json.RootElement));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            // An opaque token: nothing is known of it, and nothing needs to be.
            return default;
        }
    }

    private static DateTimeOffset? Expiry(JsonElement claims) =>
        claims.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string? Client(JsonElement claims) =>
        claims.TryGetProperty("azp", out var client) || claims.TryGetProperty("client_id", out client) ? client.GetString() : null;
}
