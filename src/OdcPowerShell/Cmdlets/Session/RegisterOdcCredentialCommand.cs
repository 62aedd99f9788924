using System.Collections;
using System.Management.Automation;
using System.Security;
using OdcPowerShell.Authentication;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Stores an API client's credential in a SecretManagement vault, with its tenant and its end.</summary>
/// <remarks>
/// <para>Afterwards "Connect-Odc -SecretName name" is a whole sign-in. The module itself keeps no file; the vault must support metadata, as SecretStore and Azure Key Vault do.</para>
/// <para>ODC ends secrets after 90 days unless told otherwise, at 23:59 UTC. Record the day with -ExpiresOn, and Connect-Odc warns 14 days ahead.</para>
/// </remarks>
/// <example>
/// <code>Register-OdcCredential odc-prod -Tenant acme.outsystems.dev -Credential $credential -ExpiresOn 2027-02-01</code>
/// <para>Stores client id and secret in the default vault.</para>
/// </example>
/// <example>
/// <code>Register-OdcCredential odc-prod -Tenant acme.outsystems.dev -Credential $credential -Force</code>
/// <para>Replaces the entry after a new secret was generated.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "OdcCredential", DefaultParameterSetName = CredentialSet, SupportsShouldProcess = true)]
[OutputType(typeof(OdcCredential))]
public sealed class RegisterOdcCredentialCommand : OdcCmdlet
{
    private const string CredentialSet = "Credential";
    private const string SecretSet = "ClientSecret";

    /// <summary>Name of the entry.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("SecretName")]
    public string Name { get; set; } = "";

    /// <summary>Host name of the ODC Portal, or any URL of the tenant.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Tenant { get; set; } = "";

    /// <summary>Client id as user name and client secret as password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Client id of the API client.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ClientId { get; set; } = "";

    /// <summary>Client secret.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    public SecureString ClientSecret { get; set; } = new();

    /// <summary>When the secret ends, as the ODC Portal shows it. A date without a time means 23:59 UTC of that day.</summary>
    [Parameter]
    public DateTime? ExpiresOn { get; set; }

    /// <summary>The vault to write to; without it, the default vault.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VaultName { get; set; }

    /// <summary>Replaces an entry of the same name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the entry, without its secret.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var vault = new Vault(VaultName);
        var tenant = Run(_ => Task.FromResult(TenantAddress.Parse(Tenant)));
        var credential = ParameterSetName == SecretSet ? new PSCredential(ClientId, ClientSecret) : Credential;
        Run(_ => Task.FromResult(CredentialShape.Read(credential, "the given credential")));
        if (!ShouldProcess($"{vault.Description}, secret '{Name}'", $"Store the credential of API client {credential.UserName} for {tenant.Host}"))
            return;
        var metadata = Metadata(tenant, credential.UserName);
        Run(stopped => vault.UseAsync((open, token) => open.Write(Name, credential, metadata, Force, token), Caller, stopped));
        if (PassThru)
            WriteObject(new OdcCredential(new VaultEntry(Name, VaultName, metadata)));
    }

    private Hashtable Metadata(TenantAddress tenant, string clientId)
    {
        var metadata = new Hashtable { [EntryMetadata.Tenant] = tenant.Stored, [EntryMetadata.ClientId] = clientId };
        if (ExpiresOn is { } end)
            metadata[EntryMetadata.ExpiresOn] = EntryMetadata.EndOfSecret(end);
        return metadata;
    }
}
