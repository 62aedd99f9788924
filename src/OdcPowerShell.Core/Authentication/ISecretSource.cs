using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>Where a client's secret is kept. The connection holds this reference, so that a rotated secret is found again.</summary>
internal interface ISecretSource
{
    /// <summary>In plain words, without the secret: <c>vault 'prod', secret 'odc'</c>.</summary>
    string Description { get; }

    /// <summary>Whether reading again can give another secret.</summary>
    bool CanChange { get; }

    /// <exception cref="OdcException">The secret can't be had.</exception>
    Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken);
}
