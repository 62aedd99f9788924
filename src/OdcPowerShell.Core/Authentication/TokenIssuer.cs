using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>Signs an API client in. A refused secret is read once more from its source, because it may have been rotated.</summary>
internal sealed class TokenIssuer(
    TenantAddress tenant, ISecretSource source, ClientCredential credential, HttpMessageInvoker http, TimeProvider time, ITokenCache? cache) : ITokenIssuer
{
    private readonly string? _clientId = credential.ClientId;
    private volatile Uri? _endpoint;
    private volatile ClientCredential _credential = credential;

    public bool CanIssue => true;

    internal Uri? TokenEndpoint => _endpoint;

    internal ClientCredential Credential => _credential;

    public async Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken)
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

        if (cache is not null && caller.IsWaiting && string.Equals(_credential.ClientId, _clientId, StringComparison.OrdinalIgnoreCase))
            await cache.WriteAsync(token, caller, cancellationToken).ConfigureAwait(false);
        return token;
    }

    private async Task<Uri> DiscoverAsync(ICaller caller, CancellationToken cancellationToken) =>
        (await Discovery.ReadAsync(tenant, http, caller, cancellationToken).ConfigureAwait(false)).TokenEndpoint;

    // The identity server is where it was, or the discovery document says where it is by now.
    private static bool MayHaveMoved(OdcException e) => e.Cause is OdcErrorCause.UnexpectedResponse or OdcErrorCause.DnsFailed or OdcErrorCause.CertificateNotTrusted
        || (e.WasNotSent && e.Cause is OdcErrorCause.ConnectFailed or OdcErrorCause.Timeout);

    private async Task<AccessToken> SendAsync(TokenRequest request, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await request.SendAsync(_credential, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcSignInException e) when (e.IsClientRefused && source.CanChange)
        {
            var again = await source.ReadAsync(caller, cancellationToken).ConfigureAwait(false);
            var clientId = again.ClientId ?? _credential.ClientId;
            if (again.Secret.Equals(_credential.Secret))
                throw;
            caller.Verbose($"The secret was refused; {source.Description} holds another one now, which is tried once.");
            var rotated = _credential with { ClientId = clientId, Secret = again.Secret, SecretExpiresOn = again.SecretExpiresOn };
            var token = await request.SendAsync(rotated, caller, cancellationToken).ConfigureAwait(false);
            _credential = rotated;
            return token;
        }
    }
}
