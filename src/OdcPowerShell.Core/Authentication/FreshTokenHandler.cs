using System.Net.Http.Headers;
using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>
/// Stands behind the rate budget: a request that waited there for a minute may carry a token that has ended meanwhile, and gets the one that
/// serves now. The handler before the budget renews a refused token, so that the second request is counted as the first is.
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
