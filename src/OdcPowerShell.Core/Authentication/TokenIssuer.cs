using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>Signs an API client in. A refused secret is read once more from its source, because it may have been rotated.</summary>
internal sealed class TokenIssuer(
    TenantAddress tenant, ISecretSource source, ClientCredential credential, HttpMessageInvoker http, TimeProvider time, ITokenCache? cache) : ITokenIssuer
{
    private volatile Uri? _endpoint;
    private volatile ClientCredential _credential = credential;

    public bool CanIssue => true;

    internal Uri? TokenEndpoint => _endpoint;

    internal ClientCredential Credential => _credential;

    public async Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken)
    {
        _endpoint ??= (await Discovery.ReadAsync(tenant, http, caller, cancellationToken).ConfigureAwait(false)).TokenEndpoint;
        var request = new TokenRequest(_endpoint, http, time);
        var token = await SendAsync(request, caller, cancellationToken).ConfigureAwait(false);
        if (cache is not null && caller.IsWaiting)
            await cache.WriteAsync(token, caller, cancellationToken).ConfigureAwait(false);
        return token;
    }

    private async Task<AccessToken> SendAsync(TokenRequest request, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await request.SendAsync(_credential, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcSignInException e) when (e.IsClientRefused && source.CanChange)
        {
            var again = await source.ReadAsync(caller, cancellationToken).ConfigureAwait(false);
            if (again.Secret.Equals(_credential.Secret))
                throw;
            caller.Verbose($"The secret was refused; {source.Description} holds another one now, which is tried once.");
            var rotated = _credential with { Secret = again.Secret, SecretExpiresOn = again.SecretExpiresOn };
            var token = await request.SendAsync(rotated, caller, cancellationToken).ConfigureAwait(false);
            _credential = rotated;
            return token;
        }
    }
}
