using System.Collections;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;

namespace OdcPowerShell.Secrets;

/// <summary>Keeps a token in a vault, encrypted by it, with its end as metadata, so that the next process need not sign in.</summary>
internal sealed class VaultTokenCache(Vault vault, TenantAddress tenant, string clientId, TimeProvider time) : ITokenCache
{
    // A token about to end is not worth taking over.
    private static readonly TimeSpan WorthTaking = TimeSpan.FromMinutes(5);

    private string EntryName => $"OdcPowerShell-token-{tenant.Host.Replace(':', '-')}-{clientId}";

    public async Task<(Secret Token, DateTimeOffset ExpiresOn)?> ReadAsync(ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.UseAsync(Read, caller, cancellationToken);
        }
        catch (OdcException e) when (e.Cause == OdcErrorCause.SecretNotFound)
        {
            return null;
        }
    }

    public async Task WriteAsync(AccessToken token, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            await vault.UseAsync((open, stopped) => Write(open, token, stopped), caller, cancellationToken);
        }
        catch (OdcException e)
        {
            caller.Warning($"The token could not be kept in {vault.Description}; the next process will sign in itself. {e.Message}");
        }
    }

    private (Secret Token, DateTimeOffset ExpiresOn)? Read(Vault open, CancellationToken cancellationToken)
    {
        var (value, metadata) = open.Read(EntryName, cancellationToken);
        return EntryMetadata.Date(metadata, EntryMetadata.ExpiresOn) is { } end && end - time.GetUtcNow() > WorthTaking
            ? (CredentialShape.Read(value, EntryName).Secret, end)
            : null;
    }

    private bool Write(Vault open, AccessToken token, CancellationToken cancellationToken)
    {
        var metadata = new Hashtable
        {
            [EntryMetadata.Tenant] = tenant.Host,
            [EntryMetadata.ClientId] = clientId,
            [EntryMetadata.ExpiresOn] = token.ExpiresOn!.Value.UtcDateTime,
            [EntryMetadata.Kind] = "AccessToken",
        };
        return open.Write(EntryName, token.Value.ToSecureString(), metadata, overwrite: true, cancellationToken);
    }
}
