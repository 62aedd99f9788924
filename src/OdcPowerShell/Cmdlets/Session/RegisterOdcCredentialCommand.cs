using System.Collections;
using System.Security;
using OdcPowerShell.Authentication;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Stores the credential of an API client in a SecretManagement vault, with its tenant and its expiry date.</summary>
/// <remarks>
/// <para>Afterwards Connect-Odc needs only -SecretName: tenant, client id and expiry date are stored as metadata of the entry. The vault must keep metadata, as SecretStore does. With a vault that does not, such as one of Az.KeyVault, the command fails before it writes anything: store a hashtable with Tenant, ClientId, ClientSecret and ExpiresOn there with Set-Secret. The module Microsoft.PowerShell.SecretManagement must be installed. The command does not sign in with the credential.</para>
/// <para>A secret expires at 23:59 UTC, 90 days after it was generated unless another day was chosen. Record that day with -ExpiresOn, and Connect-Odc warns 14 days before.</para>
/// </remarks>
/// <example>
/// <code>Register-OdcCredential odc-prod -Tenant acme.outsystems.dev -Credential $credential -ExpiresOn 2027-02-01</code>
/// <para>Stores client id and secret in the default vault, with the day on which the secret expires.</para>
/// </example>
/// <example>
/// <code>Register-OdcCredential odc-prod -Tenant acme.outsystems.dev -Credential $credential -Force</code>
/// <para>Replaces the entry after a new secret was generated. Open connections read the new secret when they need it.</para>
/// </example>
/// <example>
/// <code>Register-OdcCredential odc-prod -Tenant acme.outsystems.dev -Credential $credential -WhatIf</code>
/// <para>Shows what would be stored where, and stores nothing.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "OdcCredential", DefaultParameterSetName = CredentialSet, SupportsShouldProcess = true)]
[OutputType(typeof(OdcCredential))]
public sealed class RegisterOdcCredentialCommand : OdcCmdlet
{
    private const string CredentialSet = "Credential";
    private const string SecretSet = "ClientSecret";

    /// <summary>Name of the entry, for Connect-Odc -SecretName.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("SecretName")]
    public string Name { get; set; } = "";

    /// <summary>The tenant: host name of its ODC Portal, such as acme.outsystems.dev, or any URL of the portal.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Tenant { get; set; } = "";

    /// <summary>A PSCredential with the client id as user name and the secret as password. For a client id alone, PowerShell asks for the secret.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Client id of the API client.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ClientId { get; set; } = "";

    /// <summary>Secret of the API client.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    public SecureString ClientSecret { get; set; } = new();

    /// <summary>When the secret expires, as the ODC Portal shows it. A date without a time means 23:59 UTC of that day.</summary>
    [Parameter]
    [Date]
    public DateTimeOffset? ExpiresOn { get; set; }

    /// <summary>Name of the vault to write to. Without it, the default vault.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VaultName { get; set; }

    /// <summary>Replaces an entry of the same name. Without it, such an entry is an error.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the entry to the pipeline, without its secret.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var vault = new Vault(VaultName);
        var tenant = Run(() => TenantAddress.Parse(Tenant));
        var credential = ParameterSetName == SecretSet ? new PSCredential(ClientId, ClientSecret) : Credential;
        Run(() => CredentialShape.Read(credential, "the specified credential"));
        // Also with -WhatIf, so that it reports a name that is taken.
        var vaultName = Run(stopped => vault.UseAsync((open, token) => open.RequireFree(Name, Force, token), Caller, stopped));
        if (!ShouldProcess($"{vault.Description}, secret '{Name}'", $"Store the credential of API client {credential.UserName} for {tenant.Host}"))
            return;
        var metadata = Metadata(tenant, credential.UserName);
        Run(stopped => vault.UseAsync((open, token) => open.Write(Name, credential, metadata, Force, token), Caller, stopped));
        if (PassThru)
            WriteObject(new OdcCredential(new VaultEntry(Name, vaultName, metadata)));
    }

    private Hashtable Metadata(TenantAddress tenant, string clientId)
    {
        var metadata = new Hashtable { [EntryMetadata.Tenant] = tenant.Stored, [EntryMetadata.ClientId] = clientId };
        if (ExpiresOn is { } end)
            metadata[EntryMetadata.ExpiresOn] = EntryMetadata.EndOfSecret(end).UtcDateTime;
        return metadata;
    }
}
