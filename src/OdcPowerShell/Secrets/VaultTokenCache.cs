using System.Collections;
using System.Security;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Secrets;

/// <summary>Keeps a token in a vault, encrypted by it, with its end as metadata, so that the next process need not sign in.</summary>
internal sealed class VaultTokenCache(Vault vault, TenantAddress tenant, string clientId, TimeProvider time) : ITokenCache
{
    // A token about to end is not worth taking over.
    private static readonly TimeSpan WorthTaking = TimeSpan.FromMinutes(5);

    // Letters, digits and dashes: Key Vault's names have nothing else.
    private string EntryName => new([.. $"OdcPowerShell-token-{tenant.Host}-{clientId}".Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '-')]);

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

    // Another client's or tenant's token, one that has ended, and what is no token at all are as good as none.
    private (Secret Token, DateTimeOffset ExpiresOn)? Read(Vault open, CancellationToken cancellationToken)
    {
        var (value, metadata) = open.Read(EntryName, cancellationToken);
        var isMine = Fits(metadata, EntryMetadata.Tenant, tenant.Host) && Fits(metadata, EntryMetadata.ClientId, clientId);
        var token = value switch { SecureString hidden => Secret.From(hidden).Trimmed(), string text => new Secret(text).Trimmed(), _ => null };
        return isMine && token is { FitsHeader: true } && (JwtClaims.Read(token).ClientId is not { } owner || string.Equals(owner, clientId, StringComparison.OrdinalIgnoreCase))
            && EntryMetadata.Date(metadata, EntryMetadata.ExpiresOn) is { } end && end - time.GetUtcNow() > WorthTaking ? (token, end) : null;
    }

    private static bool Fits(IDictionary metadata, string name, string wanted) =>
        EntryMetadata.Text(metadata, name) is not { } kept || string.Equals(kept, wanted, StringComparison.OrdinalIgnoreCase);

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
