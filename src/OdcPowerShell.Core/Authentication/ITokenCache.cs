using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>Keeps a connection's token across processes.</summary>
internal interface ITokenCache
{
    /// <summary>The stored token and its end; null when there is none.</summary>
    Task<(Secret Token, DateTimeOffset ExpiresOn)?> ReadAsync(ICaller caller, CancellationToken cancellationToken);

    Task WriteAsync(AccessToken token, ICaller caller, CancellationToken cancellationToken);
}
