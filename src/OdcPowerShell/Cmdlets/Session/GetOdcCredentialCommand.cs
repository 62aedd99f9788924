using System.Management.Automation;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Lists the API client credentials that Register-OdcCredential stored, with the days that each secret has left.</summary>
/// <remarks>
/// <para>Reads names and metadata only, never a secret. Entries that do not name a tenant are not ODC's and are left out.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcCredential</code>
/// <para>All entries of all vaults.</para>
/// </example>
/// <example>
/// <code>Get-OdcCredential | Where-Object DaysLeft -lt 14</code>
/// <para>The secrets that end soon.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCredential")]
[OutputType(typeof(OdcCredential))]
public sealed class GetOdcCredentialCommand : OdcCmdlet
{
    /// <summary>Name of the entries; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Name { get; set; } = "*";

    /// <summary>The vault to list; without it, all vaults.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VaultName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var vault = new Vault(VaultName);
        var entries = Run(stopped => vault.UseAsync((open, token) => open.List(Name, token).ToList(), Caller, stopped));
        foreach (var entry in entries.Where(e => EntryMetadata.IsCredential(e.Metadata)))
            WriteObject(new OdcCredential(entry));
    }
}
