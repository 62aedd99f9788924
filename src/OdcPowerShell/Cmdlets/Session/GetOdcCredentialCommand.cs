using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Lists the API client credentials in vaults, with the days until each secret expires.</summary>
/// <remarks>
/// <para>Lists the entries that Register-OdcCredential wrote, and others whose metadata name a Tenant. Names and metadata are read, never a secret. DaysLeft is empty if the expiry date of the secret was not recorded. Each vault is read by itself: a locked or broken vault is an error, and the others are listed.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcCredential</code>
/// <para>Lists the entries of all vaults.</para>
/// </example>
/// <example>
/// <code>Get-OdcCredential | Where-Object DaysLeft -lt 14</code>
/// <para>Lists the secrets that expire within two weeks or have expired, and those whose expiry date was not recorded.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCredential")]
[OutputType(typeof(OdcCredential))]
public sealed class GetOdcCredentialCommand : OdcCmdlet
{
    /// <summary>Name of the entries to list.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Name { get; set; } = "*";

    /// <summary>Name of the vault to list. Without it, all vaults.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VaultName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var all = new Vault(VaultName);
        var (entries, failure) = List(all);
        // One locked or broken vault makes the call fail for all vaults. Then each vault is read by itself.
        var found = failure is null ? WriteEntries(entries!) : WriteEach(failure);
        if (!found && !WildcardPattern.ContainsWildcardCharacters(Name))
            WriteError(ErrorRecords.From(VaultFailure.NotFound(all, Name, inner: null), Name));
    }

    /// <summary>Lists the entries vault by vault. If no vault can be listed, the command ends with an error.</summary>
    private bool WriteEach(OdcException failure)
    {
        var (names, _) = VaultName is null && failure.Cause != OdcErrorCause.VaultModuleMissing ? Try(stopped => Vault.NamesAsync(Caller, stopped)) : (null, null);
        // A single vault has already reported its error, and may have asked for its password.
        var each = (names is { Count: > 1 } ? names : []).Select(n => (Name: n, Listed: List(new Vault(n)))).ToList();
        if (each.TrueForAll(v => v.Listed.Failure is not null))
            ThrowTerminatingError(ErrorRecords.From(each.Count == 0 ? failure : each[0].Listed.Failure!, each.Count == 0 ? VaultName : each[0].Name));
        foreach (var (name, listed) in each)
        {
            if (listed.Failure is not null)
                WriteError(ErrorRecords.From(listed.Failure, name));
            else
                WriteEntries(listed.Entries!);
        }

        return true;
    }

    private (IReadOnlyList<VaultEntry>? Entries, OdcException? Failure) List(Vault vault) => Try(stopped =>
        vault.UseAsync<IReadOnlyList<VaultEntry>>((open, token) => [.. open.List(Name, token)], Caller, stopped));

    private bool WriteEntries(IReadOnlyList<VaultEntry> entries)
    {
        var credentials = entries.Where(e => EntryMetadata.IsCredential(e.Metadata)).ToList();
        foreach (var entry in credentials)
        {
            if (EntryMetadata.Unread(entry.Metadata, $"'{entry.Name}' in vault '{entry.VaultName}'") is { } unread)
                WriteWarning(unread);
            WriteObject(new OdcCredential(entry));
        }

        return credentials.Count > 0;
    }
}
