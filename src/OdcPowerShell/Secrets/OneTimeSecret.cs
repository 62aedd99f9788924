using System.Security;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Secrets;

/// <summary>A vault entry for a secret that the service shows only once. The vault is tried before the secret is issued, and a write that fails is made again under another name.</summary>
internal sealed class OneTimeSecret(Vault vault, string name)
{
    internal string Description => $"secret '{name}' of {vault.Description}";

    /// <summary>Writes a trial entry, reads it and removes it.</summary>
    /// <exception cref="OdcException">The vault is missing, locked or does not keep what is written.</exception>
    internal Task<string> TryAsync(ICaller caller, CancellationToken cancellationToken) => vault.UseAsync(
        (open, stopped) =>
        {
            var trial = name + "-trial";
            Write(open, trial, new Secret(Guid.NewGuid().ToString("N")), stopped);
            open.Remove(trial, stopped);
            return trial;
        },
        caller, cancellationToken);

    /// <summary>Stores the secret.</summary>
    /// <returns>The name of its entry: another one than intended if that can't be written.</returns>
    /// <exception cref="OdcException">Neither can be written.</exception>
    internal Task<string> StoreAsync(OdcSecretText secret, ICaller caller) => vault.UseAsync(
        (open, stopped) =>
        {
            var value = Secret.From(secret.ToSecureString());
            try
            {
                return Write(open, name, value, stopped);
            }
            catch (OdcException first)
            {
                try
                {
                    return Write(open, name + "-new", value, stopped);
                }
                catch (OdcException)
                {
                    // The intended entry's error says more.
                    throw first;
                }
            }
        },
        caller, CancellationToken.None);

    // A vault may accept a secret and not keep it.
    private string Write(Vault open, string entry, Secret value, CancellationToken cancellationToken)
    {
        open.WriteSecret(entry, value.ToSecureString(), cancellationToken);
        if (open.Read(entry, cancellationToken).Value is SecureString kept && Secret.From(kept).Equals(value))
            return entry;
        throw new OdcException(
            OdcErrorCause.VaultFailed, $"{MessageText.Capital(vault.Description)} did not keep the secret '{entry}' as it was written.", "Check the vault with Test-SecretVault, or use another one.");
    }
}
