using System.Text.RegularExpressions;

namespace OdcPowerShell.Secrets;

/// <summary>
/// What a vault's error means. SecretManagement's own errors have ids; what a vault itself throws has none in common with other vaults, so
/// there type names and words decide. What the vault said is in the message in any case.
/// </summary>
internal static class VaultFailure
{
    private const int LongestReason = 500;
    private const string Unlock = "Unlock it first (for SecretStore: Unlock-SecretStore -Password $password); unattended, configure it without interaction.";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    internal static OdcException Explain(RuntimeException e, Vault vault, string secretName)
    {
        var chain = Chain(e.ErrorRecord?.Exception ?? e).Concat(Chain(e)).Where(c => c is not ActionPreferenceStopException).Distinct().ToList();
        var said = Said(chain);
        var inner = chain.FirstOrDefault() ?? e;
        switch (e.ErrorRecord?.FullyQualifiedErrorId.Split(',')[0])
        {
            case "GetSecretNotFound": return NotFound(vault, secretName, inner);
            case "GetSecretVaultNotFound": return Missing(vault, said, inner);
            case "SetSecretCommandFailNoVault": return NoDefault(inner);
        }

        if (chain.Exists(c => c.GetType().Name.Contains("PasswordRequired")) || Has(@"\b(locked)\b(?!\s+(out|by|down))|Unlock-SecretStore|valid password"))
            return Locked(vault, said, inner);
        if (Has(@"\bsecrets?\b[^.]*\b(not (be )?found|does(n't| not) exist|no such)\b"))
            return NotFound(vault, secretName, inner, said);
        if (Has(@"\bvault\b[^.]*\bnot registered\b|\bvault\b[^.]*\b(not found|does not exist)\b[^.]*\bregist(ry|ered|ration)\b"))
            return Missing(vault, said, inner);
        return Has(@"does not support the Set-SecretInfo") ? WithoutMetadata(vault, inner) : Other(vault, said, inner);

        bool Has(string pattern) => Regex.IsMatch(said, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
    }

    /// <summary>The command that asks a vault ended without an answer: it asked a question, and nothing can answer here.</summary>
    internal static OdcException Unanswered(Vault vault, Exception inner) => new(
        OdcErrorCause.VaultLocked, $"{MessageText.Capital(vault.Description)} asked for input that it did not get, such as its password: it is locked.", Unlock, inner);

    internal static OdcException NotFound(Vault vault, string secretName, Exception? inner, string said = "") => new(
        OdcErrorCause.SecretNotFound, $"There is no secret named '{secretName}' in {vault.Description}.{It(said)}",
        "Get-SecretInfo lists the secrets; Register-OdcCredential stores an API client's.", inner);

    internal static OdcException None() => new(
        OdcErrorCause.VaultMissing, "No vault is registered for this user.", "Register-SecretVault adds one, for example: Register-SecretVault -Name odc -ModuleName Microsoft.PowerShell.SecretStore.");

    internal static OdcException NoDefault(Exception? inner) => new(
        OdcErrorCause.VaultMissing, "No vault is the default one of this user.",
        "Specify -VaultName, or choose one with Set-SecretVaultDefault; Get-SecretVault lists the vaults, Register-SecretVault adds one.", inner);

    internal static OdcException WithoutMetadata(Vault vault, Exception? inner) => new(
        OdcErrorCause.VaultFailed, $"{MessageText.Capital(vault.Description)} keeps no metadata beside a secret, so tenant, client id and expiry date can't be stored there. Nothing was written.",
        "Store a hashtable with Tenant, ClientId, ClientSecret and ExpiresOn with Set-Secret, or use a vault with metadata, such as SecretStore.", inner);

    /// <summary>What a vault and the modules behind it say, from the outside in.</summary>
    internal static string Said(IEnumerable<Exception> chain)
    {
        var texts = new List<string>();
        foreach (var text in chain.Select(c => c.Message.Trim()).Where(t => t.Length > 0))
        {
            if (!texts.Exists(t => t.Contains(text)))
                texts.Add(text);
        }

        return Redactor.Excerpt(string.Join(" ", texts.Select(t => t.EndsWith(".", StringComparison.Ordinal) ? t : t + ".")), LongestReason);
    }

    internal static IEnumerable<Exception> Chain(Exception? e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static OdcException Locked(Vault vault, string said, Exception inner) => new(
        OdcErrorCause.VaultLocked, $"{MessageText.Capital(vault.Description)} is locked.{It(said)}", Unlock, inner);

    private static OdcException Missing(Vault vault, string said, Exception inner) => new(
        OdcErrorCause.VaultMissing, $"{MessageText.Capital(vault.Description)} is not registered for this user.{It(said)}",
        "Get-SecretVault lists the vaults; Register-SecretVault adds one.", inner);

    private static OdcException Other(Vault vault, string said, Exception inner) => new(
        OdcErrorCause.VaultFailed, $"{MessageText.Capital(vault.Description)} failed: {said}",
        "Fix what the vault says. Test-SecretVault shows whether it works.", inner);

    private static string It(string said) => said.Length == 0 ? "" : $" It said: {said}";
}
