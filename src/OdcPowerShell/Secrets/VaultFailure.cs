using System.Management.Automation;

namespace OdcPowerShell.Secrets;

/// <summary>
/// What a vault's error means. SecretManagement's own errors have ids; what a vault itself throws has none in
/// common with other vaults, so there type names and words decide.
/// </summary>
internal static class VaultFailure
{
    internal static OdcException Explain(RuntimeException e, Vault vault, string secretName)
    {
        var text = string.Join(" ", Chain(e).Concat(Chain(e.ErrorRecord.Exception)).Select(c => c.GetType().Name + " " + c.Message));
        switch (e.ErrorRecord.FullyQualifiedErrorId.Split(',')[0])
        {
            case "GetSecretNotFound": return NotFound(vault, secretName, e);
            case "GetSecretVaultNotFound": return Missing(vault, e);
            case "SetSecretCommandFailNoVault": return NoDefault(e);
        }

        if (Has("PasswordRequired") || Has("locked") || Has("Unlock-SecretStore") || Has("valid password"))
            return Locked(vault, e);
        if (Has("vault") && (Has("not registered") || Has("registry") || Has("does not exist") || Has("not found in")))
            return Missing(vault, e);
        return Has("secret") && (Has("not found") || Has("does not exist")) ? NotFound(vault, secretName, e) : Other(vault, e);

        bool Has(string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    internal static OdcException NotFound(Vault vault, string secretName, Exception? inner) => new(
        OdcErrorCause.SecretNotFound, $"There is no secret named '{secretName}' in {vault.Description}.",
        "Get-SecretInfo lists the secrets; Register-OdcCredential stores an API client's.", inner);

    private static OdcException Locked(Vault vault, Exception inner) => new(
        OdcErrorCause.VaultLocked, $"{Vault.Capital(vault.Description)} is locked.",
        "Unlock it first (for SecretStore: Unlock-SecretStore -Password $password); unattended, configure it without interaction.", inner);

    private static OdcException Missing(Vault vault, Exception inner) => new(
        OdcErrorCause.VaultMissing, $"{Vault.Capital(vault.Description)} is not registered for this user.",
        "Get-SecretVault lists the vaults; Register-SecretVault adds one.", inner);

    internal static OdcException None() => new(
        OdcErrorCause.VaultMissing, "No vault is registered for this user.", "Register-SecretVault adds one, for example: Register-SecretVault -Name odc -ModuleName Microsoft.PowerShell.SecretStore.");

    internal static OdcException NoDefault(Exception? inner) => new(
        OdcErrorCause.VaultMissing, "No vault is the default one of this user.",
        "Give -VaultName, or choose one with Set-SecretVaultDefault; Get-SecretVault lists the vaults, Register-SecretVault adds one.", inner);

    // With -ErrorAction Stop the exception's own message speaks of the preference; the record has what the vault said.
    private static OdcException Other(Vault vault, RuntimeException e) => new(
        OdcErrorCause.VaultFailed, $"{Vault.Capital(vault.Description)} failed: {Http.Redactor.Excerpt(e.ErrorRecord.Exception?.Message ?? e.Message)}",
        "Test-SecretVault shows whether the vault works.", e);

    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
