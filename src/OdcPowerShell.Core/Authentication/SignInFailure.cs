using System.Net;
using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>What an answer without a token means. Identity servers may hide the reason, so a secret's known end helps to tell it.</summary>
internal static class SignInFailure
{
    private const string Basic =
        "The token endpoint asks for HTTP Basic authentication, which ODC's does not: check -Tenant and the TokenEndpoint of Test-OdcConnection. The client id and the secret may be right.";

    internal static OdcException From(int status, TokenAnswer answer, ClientCredential credential, Uri endpoint, DateTimeOffset now, HttpResponseMessage? response = null)
    {
        if (status is 408 or 429 or >= 500)
        {
            return new OdcException(
                OdcErrorCause.Unavailable, $"The identity server {endpoint.Authority} is not available ({status}). {answer.Excerpt}", "Try again later.");
        }

        var who = $"Sign-in of API client '{credential.ClientId}' failed";
        if (IsInFront(status, answer))
        {
            using var bare = response is null ? new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) } : null;
            var front = InFront.Explain(who, $"the identity server {endpoint.Authority}", response ?? bare!, answer.Excerpt);
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

    // An identity server that refuses says so in OAuth's words. An empty refusal may still be its own.
    private static bool IsInFront(int status, TokenAnswer answer) =>
        status is < 200 or >= 300 && answer.Error is null && (status is not (400 or 401 or 403) || answer.Excerpt.Length > 2);

    private static bool WantsBasic(TokenAnswer answer, HttpResponseMessage? response) =>
        response?.Headers.WwwAuthenticate.Any(w => string.Equals(w.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)) == true
        || answer.Description?.IndexOf("basic auth", StringComparison.OrdinalIgnoreCase) >= 0 || answer.Description?.IndexOf("client_secret_basic", StringComparison.OrdinalIgnoreCase) >= 0;

    private static (OdcErrorCause Cause, string Meaning, string Action) Explain(int status, TokenAnswer answer, ClientCredential credential, DateTimeOffset now)
    {
        if (status is >= 200 and < 300)
        {
            return (OdcErrorCause.TokenMissing, "the answer holds no usable access token",
                "A proxy may have answered instead of the identity server: check the address of the token endpoint in Get-OdcConnection.");
        }

        if (Says("expired") || credential.SecretExpiresOn < now)
        {
            return (OdcErrorCause.SecretExpired, "its secret has expired",
                "Generate a new secret for the API client in the ODC Portal and store it where this sign-in reads it.");
        }

        if (Says("disabled") || Says("suspended") || Says("not enabled") || Says("revoked"))
            return (OdcErrorCause.ClientSuspended, "it is suspended", "Resume the API client in the ODC Portal.");
        return (OdcErrorCause.SignInFailed, "the client id or the secret was refused",
            "Check the client id and the secret, and in the ODC Portal that the API client is active and its secret has not expired.");

        bool Says(string word) => answer.Description?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
