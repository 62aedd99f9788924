using System.Globalization;
using System.Text;
using System.Text.Json;
using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Authentication;

/// <summary>The members of a token answer, with the client's secret taken out of its texts.</summary>
internal sealed record TokenAnswer(Secret? AccessToken, TimeSpan Lifetime, string? Error, string? Description, string Excerpt)
{
    // Used when a server leaves expires_in out, as RFC 6749 allows: short, because a 401 then renews anyway.
    private static readonly TimeSpan UnstatedLifetime = TimeSpan.FromMinutes(5);

    internal static TokenAnswer Read(byte[] body, Secret secret)
    {
        var excerpt = Redactor.Excerpt(secret.RemoveFrom(Encoding.UTF8.GetString(body)));
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return Read(json.RootElement, secret, excerpt);
        }
        catch (Exception e) when (JsonText.IsBroken(e))
        {
            // Not JSON: the caller reports the excerpt.
        }

        return new TokenAnswer(AccessToken: null, TimeSpan.Zero, Error: null, Description: null, excerpt);
    }

    private static TokenAnswer Read(JsonElement answer, Secret secret, string excerpt)
    {
        var token = new Secret(Text(answer, "access_token") ?? "").Trimmed();
        return new TokenAnswer(
            token.FitsHeader ? token : null, Life(answer), Clean("error"), Clean("error_description"), excerpt);

        string? Clean(string name) => Text(answer, name) is { } text ? Redactor.Clean(secret.RemoveFrom(text)) : null;
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TimeSpan Life(JsonElement answer)
    {
        if (!answer.TryGetProperty("expires_in", out var value) || value.ValueKind == JsonValueKind.Null)
            return UnstatedLifetime;
        return double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(365).TotalSeconds))
            : TimeSpan.Zero;
    }
}
