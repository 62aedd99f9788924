using System.Collections;
using System.Globalization;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Secrets;

/// <summary>The vault entries whose tenant has a certain address. Only names and metadata are read, never a secret.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Unread">Why vaults could not be listed.</param>
internal sealed record StoredCredentials(IReadOnlyList<VaultEntry> Entries, IReadOnlyList<string> Unread)
{
    /// <summary>Why there is no vault at all; null if there is one.</summary>
    internal string? NoVault { get; init; }

    /// <summary>Finds the entries in all vaults of this user. Where SecretManagement is not installed or no vault is registered, there are none.</summary>
    internal static StoredCredentials Find(OdcCmdlet cmdlet, IReadOnlyCollection<string> hosts)
    {
        var (entries, failure) = List(cmdlet, vault: null);
        if (failure is null || failure.Cause is OdcErrorCause.VaultModuleMissing or OdcErrorCause.VaultMissing)
            return new StoredCredentials(Of(entries ?? [], hosts), []) { NoVault = failure?.Message };
        // One locked or broken vault makes the call fail for all vaults. Then each vault is listed by itself.
        var (names, _) = cmdlet.Try(stopped => Vault.NamesAsync(cmdlet.Caller, stopped));
        if (names is not { Count: > 1 })
            return new StoredCredentials([], [failure.Message]);
        var each = names.Select(name => List(cmdlet, name)).ToList();
        return new StoredCredentials(Of(each.SelectMany(e => e.Entries ?? []), hosts), [.. each.Select(e => e.Failure?.Message).OfType<string>()]);
    }

    /// <summary>Stores another tenant beside the secret of an entry.</summary>
    internal static Task<string> MoveAsync(VaultEntry entry, TenantAddress tenant, ICaller caller, CancellationToken cancellationToken)
    {
        var metadata = new Hashtable();
        foreach (DictionaryEntry member in entry.Metadata)
            metadata[member.Key] = EntryMetadata.Bare(member.Value);
        metadata[EntryMetadata.Tenant] = tenant.Stored;
        return new Vault(entry.VaultName).UseAsync(
            (open, stopped) =>
            {
                open.WriteMetadata(entry.Name, metadata, stopped);
                return entry.Name;
            },
            caller,
            cancellationToken);
    }

    /// <summary>The command that does the same by hand.</summary>
    internal static string CommandFor(VaultEntry entry, TenantAddress tenant)
    {
        var vault = entry.VaultName is null ? "" : $" -Vault {MessageText.Quoted(entry.VaultName)}";
        var expires = EntryMetadata.Date(entry.Metadata, EntryMetadata.ExpiresOn) is { } end ? $" -ExpiresOn '{end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)}'" : "";
        return $"Register-OdcCredential {MessageText.Quoted(entry.Name)} -Tenant {tenant.Stored} -Credential (Get-Secret {MessageText.Quoted(entry.Name)}{vault}){expires}{(entry.VaultName is null ? "" : $" -VaultName {MessageText.Quoted(entry.VaultName)}")} -Force";
    }

    /// <summary>The address of the tenant of an entry.</summary>
    internal static string? HostOf(VaultEntry entry) => AddressOf(entry)?.Origin.Host;

    private static (IReadOnlyList<VaultEntry>? Entries, OdcException? Failure) List(OdcCmdlet cmdlet, string? vault) =>
        cmdlet.Try(stopped => new Vault(vault).UseAsync<IReadOnlyList<VaultEntry>>((open, token) => [.. open.List("*", token)], cmdlet.Caller, stopped));

    private static IReadOnlyList<VaultEntry> Of(IEnumerable<VaultEntry> entries, IReadOnlyCollection<string> hosts) =>
        [.. entries.Where(e => EntryMetadata.IsCredential(e.Metadata) && HostOf(e) is { } host && hosts.Contains(host, StringComparer.OrdinalIgnoreCase))];

    // What is no address of a tenant is none of these.
    private static TenantAddress? AddressOf(VaultEntry entry)
    {
        try
        {
            return TenantAddress.Parse(EntryMetadata.Text(entry.Metadata, EntryMetadata.Tenant));
        }
        catch (OdcException)
        {
            return null;
        }
    }
}
