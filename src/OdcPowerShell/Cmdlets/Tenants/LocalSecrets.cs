using OdcPowerShell.Secrets;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>The secrets of a tenant's API clients whose expiry dates are known on this machine: of the connection, and of the vaults' entries for the tenant.</summary>
internal sealed class LocalSecrets : IKnownSecrets
{
    private readonly IReadOnlyList<KnownSecret> _secrets;
    private readonly string? _unknown;

    private LocalSecrets(IReadOnlyList<KnownSecret> secrets, string? unknown) => (_secrets, _unknown) = (secrets, unknown);

    /// <summary>For runs without the rule.</summary>
    internal static LocalSecrets None => new([], "The secrets of this machine were not read.");

    /// <summary>Reads names and metadata, never a secret. Vaults must be read on the pipeline thread, so this comes before the rules run.</summary>
    internal static LocalSecrets Of(OdcCmdlet cmdlet, OdcConnection connection)
    {
        // Without SecretManagement this fails, and then there is no vault either.
        var (question, _) = cmdlet.Try(stopped => Vault.QuestionAsync(cmdlet.Caller, stopped));
        var stored = question is null ? StoredCredentials.Find(cmdlet, [connection.Url.Host]) : new StoredCredentials([], [question]);
        var entries = stored.Entries.Select(entry => new OdcCredential(entry)).ToList();
        var secrets = entries.Select(entry => new KnownSecret(entry.Name, $"vault {entry.VaultName}", entry.ExpiresOn, FixOf(entry))).ToList();
        // The entry that the connection came from is the same secret.
        if (connection.SecretExpiresOn is { } end && !entries.Exists(e => string.Equals(e.ClientId, connection.ClientId, StringComparison.OrdinalIgnoreCase) && e.ExpiresOn is not null))
            secrets.Insert(0, new KnownSecret(connection.Name, "this connection", end, $"Connect-Odc {RuleText.Argument(connection.Tenant)} -Credential {RuleText.Argument(connection.ClientId)} -Name {RuleText.Argument(connection.Name)}"));
        return new LocalSecrets(secrets, stored.NoVault is { } none ? none : stored.Unread.Count > 0 ? string.Join(" ", stored.Unread) : null);
    }

    public Task<(IReadOnlyList<KnownSecret> Secrets, string? Unknown)> ReadAsync(ICaller caller, CancellationToken cancellationToken) => Task.FromResult((_secrets, _unknown));

    private static string FixOf(OdcCredential entry)
    {
        var vault = entry.VaultName is null ? "" : $" -VaultName {RuleText.Argument(entry.VaultName)}";
        return $"Register-OdcCredential {RuleText.Argument(entry.Name)} {RuleText.Argument(entry.Tenant)} -Credential {RuleText.Argument(entry.ClientId)}{vault} -Force";
    }
}
