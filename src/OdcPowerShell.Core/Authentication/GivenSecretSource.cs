using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>A secret that was given as a parameter: it can't change.</summary>
internal sealed class GivenSecretSource(string description, ClientCredential credential) : ISecretSource
{
    public string Description { get; } = description;

    public bool CanChange => false;

    public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) => Task.FromResult(credential);
}
