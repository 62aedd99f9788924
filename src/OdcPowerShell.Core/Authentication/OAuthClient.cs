using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace OdcPowerShell.Authentication;

/// <summary>
/// Gets access tokens for an API client from its tenant's identity server. A rejected secret is read once more from its source, because it
/// may have been rotated.
/// </summary>
internal sealed class OAuthClient(ApiClient apiClient, HttpMessageInvoker http, TimeProvider time, ITokenCache? cache)
{
    private readonly string? _clientId = apiClient.Credential.ClientId;
    private volatile Uri? _endpoint;

    internal ApiClient ApiClient => apiClient;

    /// <summary>The token endpoint, once a token was asked for.</summary>
    internal Uri? TokenEndpoint => _endpoint;

    internal async Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var known = _endpoint;
        _endpoint ??= await DiscoverAsync(caller, cancellationToken).ConfigureAwait(false);
        AccessToken token;
        try
        {
            token = await SendAsync(new TokenRequest(_endpoint, http, time), caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcException e) when (known is not null && MayHaveMoved(e))
        {
            _endpoint = await DiscoverAsync(caller, cancellationToken).ConfigureAwait(false);
            if (_endpoint == known)
                throw;
            token = await SendAsync(new TokenRequest(_endpoint, http, time), caller, cancellationToken).ConfigureAwait(false);
        }

        if (cache is not null && caller.IsWaiting && string.Equals(apiClient.Credential.ClientId, _clientId, StringComparison.OrdinalIgnoreCase))
            await cache.WriteAsync(token, caller, cancellationToken).ConfigureAwait(false);
        return token;
    }

    private async Task<Uri> DiscoverAsync(ICaller caller, CancellationToken cancellationToken) =>
        (await Discovery.ReadAsync(apiClient.Tenant, http, caller, cancellationToken).ConfigureAwait(false)).TokenEndpoint;

    // The identity server is where it was, or the discovery document says where it is by now.
    private static bool MayHaveMoved(OdcException e) => e.Cause is OdcErrorCause.UnexpectedResponse or OdcErrorCause.DnsFailed or OdcErrorCause.CertificateNotTrusted
        || (e.WasNotSent && e.Cause is OdcErrorCause.ConnectFailed or OdcErrorCause.Timeout);

    private async Task<AccessToken> SendAsync(TokenRequest request, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await request.SendAsync(apiClient.Credential, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcSignInException e) when (e.IsClientRefused)
        {
            if (await apiClient.ReadAgainAsync(caller, cancellationToken).ConfigureAwait(false) is not { } rotated)
                throw;
            caller.Verbose($"The secret was rejected; {apiClient.Source} contains another one now, which is tried once.");
            var token = await request.SendAsync(rotated, caller, cancellationToken).ConfigureAwait(false);
            apiClient.Keep(rotated);
            return token;
        }
    }
}

/// <summary>One OAuth 2.0 client credentials request and what its answer means.</summary>
internal sealed class TokenRequest(Uri endpoint, HttpMessageInvoker http, TimeProvider time)
{
    /// <exception cref="OdcSignInException">Any answer without a usable token.</exception>
    internal async Task<AccessToken> SendAsync(ClientCredential credential, ICaller caller, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = Form(credential) };
        request.Headers.Accept.ParseAdd("application/json");
        request.SetCaller(caller);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = ((BufferedContent)response.Content).Bytes;
        var answer = TokenAnswer.Read(body, credential.Secret);
        if (!response.IsSuccessStatusCode || answer.AccessToken is null || answer.Lifetime <= TimeSpan.Zero)
            throw SignInFailure.From(response, answer, credential, endpoint, time.GetUtcNow());
        return new AccessToken(answer.AccessToken, answer.Lifetime, time, asked)
        {
            ClockSkew = response.Headers.Date is { } date ? time.GetUtcNow() - date : TimeSpan.Zero,
        };
    }

    // No scope and no audience. The form content encodes each value once.
    private static FormUrlEncodedContent Form(ClientCredential credential) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = credential.ClientId!,
        ["client_secret"] = credential.Secret.Reveal(),
    });
}

/// <summary>The members of a token answer, with the client's secret taken out of its texts.</summary>
internal sealed record TokenAnswer(Secret? AccessToken, TimeSpan Lifetime, string? Error, string? Description, Func<string> Shown)
{
    // Used when a server leaves expires_in out, as RFC 6749 allows: short, because a 401 then renews anyway.
    private static readonly TimeSpan UnstatedLifetime = TimeSpan.FromMinutes(5);

    /// <summary>The beginning of the answer, for the error of a failed sign-in. A successful one does not wait for it.</summary>
    internal string Excerpt => Shown();

    internal static TokenAnswer Read(byte[] body, Secret secret)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return Read(json.RootElement, secret, Shown);
        }
        catch (Exception e) when (JsonText.IsBroken(e))
        {
            // Not JSON: the caller reports the excerpt.
        }

        return new TokenAnswer(AccessToken: null, TimeSpan.Zero, Error: null, Description: null, Shown);

        string Shown() => Redactor.Excerpt(secret.RemoveFrom(Encoding.UTF8.GetString(body)));
    }

    private static TokenAnswer Read(JsonElement answer, Secret secret, Func<string> shown)
    {
        var token = new Secret(Text(answer, "access_token") ?? "").Trimmed();
        return new TokenAnswer(
            token.FitsHeader ? token : null, Life(answer), Clean("error"), Clean("error_description"), shown);

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

/// <summary>What an answer without a token means. Identity servers may hide the reason, so the recorded expiry date of a secret helps to find it.</summary>
internal static class SignInFailure
{
    private const string Basic =
        "The token endpoint asks for HTTP Basic authentication, which ODC's does not: check -Tenant and the TokenEndpoint of Test-OdcConnection. The client id and the secret may be right.";

    internal static OdcException From(HttpResponseMessage response, TokenAnswer answer, ClientCredential credential, Uri endpoint, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        if (status is 408 or 429 or >= 500)
        {
            return new OdcException(
                OdcErrorCause.Unavailable, $"The identity server {endpoint.Authority} is not available ({status}). {answer.Excerpt}", "Try again later.");
        }

        var who = $"Sign-in of API client '{credential.ClientId}' failed";
        if (IsInFront(status, answer))
        {
            var front = InFront.Explain(who, $"the identity server {endpoint.Authority}", response, answer.Excerpt);
            return new OdcSignInException(front.Cause, front.Message, front.Action) { StatusCode = status };
        }

        var (cause, meaning, action) = Explain(status, answer, credential, now);
        var said = answer.Error is null ? answer.Excerpt : $"{answer.Error}: {answer.Description}";
        return new OdcSignInException(cause, $"{who}: {meaning} ({status}). {said}", WantsBasic(answer, response) && cause == OdcErrorCause.SignInFailed ? Basic : action)
        {
            StatusCode = status,
            Error = answer.Error,
            ErrorDescription = answer.Description,
        };
    }

    // An identity server rejects a sign-in in OAuth's words. An empty rejection may still be its own.
    private static bool IsInFront(int status, TokenAnswer answer) =>
        status is < 200 or >= 300 && answer.Error is null && (status is not (400 or 401 or 403) || answer.Excerpt.Length > 2);

    private static bool WantsBasic(TokenAnswer answer, HttpResponseMessage response) =>
        response.Headers.WwwAuthenticate.Any(w => string.Equals(w.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
        || answer.Description?.IndexOf("basic auth", StringComparison.OrdinalIgnoreCase) >= 0 || answer.Description?.IndexOf("client_secret_basic", StringComparison.OrdinalIgnoreCase) >= 0;

    private static (OdcErrorCause Cause, string Meaning, string Action) Explain(int status, TokenAnswer answer, ClientCredential credential, DateTimeOffset now)
    {
        if (status is >= 200 and < 300)
        {
            return (OdcErrorCause.TokenMissing, "the answer contains no usable access token",
                "A proxy may have answered instead of the identity server: check the address of the token endpoint in Get-OdcConnection.");
        }

        if (Says("expired") || credential.SecretExpiresOn < now)
        {
            return (OdcErrorCause.SecretExpired, "its secret has expired",
                "Generate a new secret for the API client in the ODC Portal and store it where this sign-in reads it.");
        }

        if (Says("disabled") || Says("suspended") || Says("not enabled") || Says("revoked"))
            return (OdcErrorCause.ClientSuspended, "it is suspended", "Resume the API client in the ODC Portal.");
        return (OdcErrorCause.SignInFailed, "the client id or the secret was rejected",
            "Check the client id and the secret, and in the ODC Portal that the API client is active and its secret has not expired.");

        bool Says(string word) => answer.Description?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}

/// <summary>Keeps a connection's token across processes.</summary>
internal interface ITokenCache
{
    /// <summary>The stored token and its end; null when there is none.</summary>
    Task<(Secret Token, DateTimeOffset ExpiresOn)?> ReadAsync(ICaller caller, CancellationToken cancellationToken);

    Task WriteAsync(AccessToken token, ICaller caller, CancellationToken cancellationToken);
}
