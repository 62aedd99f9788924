using System.Text.Json;

namespace OdcPowerShell.Authentication;

/// <summary>An access token with its life. The end is measured by the monotonic clock; the date is for display.</summary>
internal sealed class AccessToken
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly TimeProvider _time;
    private readonly long _asked;
    private readonly TimeSpan _life;

    /// <summary>A token asked for at the timestamp <paramref name="asked"/>; a null life means that its end is not known.</summary>
    internal AccessToken(Secret value, TimeSpan? life, TimeProvider time, long asked)
    {
        Value = value;
        _life = life ?? TimeSpan.MaxValue;
        _time = time;
        _asked = asked;
        ExpiresOn = time.GetUtcNow() - time.GetElapsedTime(asked) + life;
    }

    /// <summary>A token from elsewhere, with its own claims.</summary>
    /// <exception cref="OdcException">It has expired, or can't be a token.</exception>
    internal static AccessToken FromElsewhere(Secret given, TimeProvider time)
    {
        var token = given.Trimmed();
        if (!token.FitsHeader)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, token.IsEmpty ? "The access token is empty." : "The text is not an access token: it has characters that no token has, such as a line end in its middle.",
                "Pass the token alone, as a SecureString.");
        }

        var (expiresOn, clientId) = JwtClaims.Read(token);
        var now = time.GetUtcNow();
        if (expiresOn <= now)
        {
            throw new OdcException(
                OdcErrorCause.TokenExpired, FormattableString.Invariant($"The access token expired on {expiresOn:yyyy-MM-dd HH:mm:ss} UTC."),
                "Get a new token, or sign in with an API client's credential, which renews itself. If the date is wrong, check this machine's clock.");
        }

        return new AccessToken(token, expiresOn - now, time, time.GetTimestamp()) { ClientId = clientId };
    }

    internal Secret Value { get; }

    /// <summary>The API client that a token from elsewhere was issued to, when it says so.</summary>
    internal string? ClientId { get; private init; }

    internal DateTimeOffset? ExpiresOn { get; }

    /// <summary>How far this machine's clock is from the identity server's, when the server said its time.</summary>
    internal TimeSpan ClockSkew { get; init; }

    internal bool IsExpired => Age >= _life;

    /// <summary>Time to renew: five minutes before the end, or after 80 % of a life that is shorter than 25 minutes.</summary>
    internal bool IsDue => Age >= RenewAfter;

    /// <summary>How long to leave a failed renewal alone while the token still serves.</summary>
    internal TimeSpan RenewalPause => TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(30).Ticks, _life.Ticks / 20));

    private TimeSpan Age => _time.GetElapsedTime(_asked);

    private TimeSpan RenewAfter => TimeSpan.FromTicks(Math.Max((_life - Margin).Ticks, _life.Ticks / 5 * 4));
}

/// <summary>The claims of a token from elsewhere, for display and renewal only; the service alone judges tokens.</summary>
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
