using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>A source of secrets for a client id that was specified: what is stored beside a rotated secret does not replace it.</summary>
internal sealed class FixedClientSource(ISecretSource source, string clientId) : ISecretSource
{
    public string Description => source.Description;

    public bool CanChange => source.CanChange;

    public async Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) =>
        await source.ReadAsync(caller, cancellationToken).ConfigureAwait(false) with { ClientId = clientId };
}
