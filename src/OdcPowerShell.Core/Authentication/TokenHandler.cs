using System.Net;
using System.Net.Http.Headers;

namespace OdcPowerShell.Authentication;

/// <summary>Puts the bearer token on requests to the tenant, and only there; a rejected token is renewed once.</summary>
internal sealed class TokenHandler(TokenKeeper tokens, Uri origin, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Uri.Compare(request.RequestUri, origin, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new InvalidOperationException("A request to another origin must not pass the token handler.");
        var token = await BeforeSendingAsync(() => tokens.GetAsync(request.Caller(), cancellationToken).AsTask()).ConfigureAwait(false);
        var response = await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || request.Caller() is IPassiveCaller || IsPage(response))
            return response;
        response.Dispose();
        token = await BeforeSendingAsync(() => tokens.RenewAsync(request.Token() ?? token, request.Caller(), cancellationToken)).ConfigureAwait(false);
        return await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
    }

    // A page comes from something in front of the service, which no other token pleases.
    private static bool IsPage(HttpResponseMessage response) =>
        response.Content?.Headers.ContentType?.MediaType?.EndsWith("html", StringComparison.OrdinalIgnoreCase) == true && response.Headers.WwwAuthenticate.Count == 0;

    /// <summary>Without a token nothing is sent: whatever the failure, the request may be made again.</summary>
    internal static async Task<AccessToken> BeforeSendingAsync(Func<Task<AccessToken>> get)
    {
        try
        {
            return await get().ConfigureAwait(false);
        }
        catch (OdcException e)
        {
            e.WasNotSent = true;
            throw;
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, AccessToken token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.Reveal());
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>
/// Stands behind the rate budget: a request that waited there for a minute may carry a token that has ended meanwhile, and gets the one that
/// is valid now. The handler before the budget renews a rejected token, so that the second request is counted as the first is.
/// </summary>
internal sealed class FreshTokenHandler(TokenKeeper tokens, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await TokenHandler.BeforeSendingAsync(() => tokens.GetAsync(request.Caller(), cancellationToken).AsTask()).ConfigureAwait(false);
        request.SetToken(token);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.Reveal());
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
