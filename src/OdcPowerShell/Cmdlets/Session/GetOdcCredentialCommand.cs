using System.Management.Automation;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Lists the API client credentials in vaults, with the days until each secret expires.</summary>
/// <remarks>
/// <para>Lists the entries that Register-OdcCredential wrote, and others whose metadata name a Tenant. Names and metadata are read, never a secret. DaysLeft is empty where the expiry date of the secret was not recorded.</para>
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
        var vault = new Vault(VaultName);
        var entries = Run(stopped => vault.UseAsync((open, token) => open.List(Name, token).ToList(), Caller, stopped));
        foreach (var entry in entries.Where(e => EntryMetadata.IsCredential(e.Metadata)))
            WriteObject(new OdcCredential(entry));
    }
}
