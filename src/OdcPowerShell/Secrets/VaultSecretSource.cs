using OdcPowerShell.Authentication;
using OdcPowerShell.Http;

namespace OdcPowerShell.Secrets;

/// <summary>A secret in a SecretManagement vault, with what its metadata says of tenant, client and end.</summary>
internal sealed class VaultSecretSource(Vault vault, string secretName) : ISecretSource
{
    public string Description => $"{vault.Description}, secret '{secretName}'";

    public bool CanChange => true;

    public async Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var credential = await vault.UseAsync(Read, caller, cancellationToken);
        if (credential.Remark is { } remark)
            caller.Warning(remark);
        return credential;
    }

    private ClientCredential Read(Vault open, CancellationToken cancellationToken)
    {
        var secret = open.Read(secretName, cancellationToken);
        var metadata = secret.Metadata;
        var credential = CredentialShape.Read(secret.Value ?? "", Description);
        return credential with
        {
            Remark = credential.Remark ?? Unlisted(secret.WithoutMetadata) ?? EntryMetadata.Unread(metadata, Description),
            ClientId = credential.ClientId ?? EntryMetadata.Text(metadata, EntryMetadata.ClientId),
            Tenant = credential.Tenant ?? EntryMetadata.Text(metadata, EntryMetadata.Tenant),
            SecretExpiresOn = credential.SecretExpiresOn ?? EntryMetadata.Date(metadata, EntryMetadata.ExpiresOn),
        };
    }

    private static string? Unlisted(OdcException? e) => e is null ? null : $"What is stored beside the secret, such as its expiry date, can't be read. {e.Message}";
}
