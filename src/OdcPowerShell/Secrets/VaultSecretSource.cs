using OdcPowerShell.Authentication;
using OdcPowerShell.Http;

namespace OdcPowerShell.Secrets;

/// <summary>A secret in a SecretManagement vault, with what its metadata says of tenant, client and end.</summary>
internal sealed class VaultSecretSource(Vault vault, string secretName) : ISecretSource
{
    public string Description => $"{vault.Description}, secret '{secretName}'";

    public bool CanChange => true;

    public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) => vault.UseAsync(Read, caller, cancellationToken);

    private ClientCredential Read(Vault open, CancellationToken cancellationToken)
    {
        var (value, metadata) = open.Read(secretName, cancellationToken);
        var credential = CredentialShape.Read(value, Description);
        return credential with
        {
            ClientId = credential.ClientId ?? EntryMetadata.Text(metadata, EntryMetadata.ClientId),
            Tenant = credential.Tenant ?? EntryMetadata.Text(metadata, EntryMetadata.Tenant),
            SecretExpiresOn = credential.SecretExpiresOn ?? EntryMetadata.Date(metadata, EntryMetadata.ExpiresOn),
        };
    }
}
