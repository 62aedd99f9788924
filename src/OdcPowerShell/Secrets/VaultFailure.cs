namespace OdcPowerShell.Secrets;

/// <summary>What a vault's error means. Vaults have no common error codes, so type names and words decide.</summary>
internal static class VaultFailure
{
    internal static OdcException Explain(Exception e, Vault vault, string secretName)
    {
        var text = string.Join(" ", Chain(e).Select(c => c.GetType().Name + " " + c.Message));
        if (Has("PasswordRequired") || Has("locked") || Has("Unlock-SecretStore") || Has("valid password"))
        {
            return new OdcException(
                OdcErrorCause.VaultLocked, $"{Vault.Capital(vault.Description)} is locked.",
                "Unlock it first (for SecretStore: Unlock-SecretStore -Password $password); unattended, configure it without interaction.", e);
        }

        if (Has("vault") && (Has("not registered") || Has("registry") || Has("does not exist") || Has("not found in")))
        {
            return new OdcException(
                OdcErrorCause.VaultMissing, $"{Vault.Capital(vault.Description)} is not registered for this user.",
                "Get-SecretVault lists the vaults; Register-SecretVault adds one.", e);
        }

        if (Has("secret") && (Has("not found") || Has("does not exist")))
            return NotFound(vault, secretName, e);
        return new OdcException(
            OdcErrorCause.VaultFailed, $"{Vault.Capital(vault.Description)} failed: {Http.Redactor.Excerpt(e.Message)}", "Test-SecretVault shows whether the vault works.", e);

        bool Has(string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    internal static OdcException NotFound(Vault vault, string secretName, Exception? inner) => new(
        OdcErrorCause.SecretNotFound, $"There is no secret named '{secretName}' in {vault.Description}.",
        "Get-SecretInfo lists the secrets; Register-OdcCredential stores an API client's.", inner);

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
