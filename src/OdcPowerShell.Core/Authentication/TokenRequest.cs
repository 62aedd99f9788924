using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

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
            throw SignInFailure.From((int)response.StatusCode, answer, credential, endpoint, time.GetUtcNow(), response);
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
