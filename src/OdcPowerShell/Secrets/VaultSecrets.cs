using System.Security;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Secrets;

/// <summary>Reads secrets that a command sends to the service from vaults. Many rows can name one secret: it is read once.</summary>
internal sealed class VaultSecrets(OdcCmdlet cmdlet)
{
    private readonly Dictionary<(string? Vault, string Name), Secret> _known = [];

    /// <param name="secretName">The name of the secret.</param>
    /// <param name="vaultName">The vault; null for the default vault.</param>
    /// <param name="cancellationToken">Ends the wait for the vault.</param>
    /// <exception cref="OdcException">The vault or the secret is missing, or the secret is not a text.</exception>
    internal async Task<Secret> ReadAsync(string secretName, string? vaultName, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((vaultName, secretName), out var known))
            return known;
        var entry = await new Vault(vaultName).UseAsync((vault, stopped) => vault.Read(secretName, stopped), cmdlet.Caller, cancellationToken);
        return _known[(vaultName, secretName)] = entry.Value switch
        {
            SecureString secure => Secret.From(secure),
            PSCredential credential => Secret.From(credential.Password),
            string text => new Secret(text),
            _ => throw new OdcException(OdcErrorCause.InvalidRequest, $"The secret '{secretName}' is not a text, which a setting needs.", "Store the value as a SecureString: Set-Secret -Name … -SecureStringSecret …."),
        };
    }
}
