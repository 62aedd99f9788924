using System.Security;
using OdcPowerShell.Authentication;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Signs an API client in to an ODC tenant.</summary>
/// <remarks>
/// <para>Signs in with the client id and the secret of an API client, which is created in the ODC Portal. The secret is a parameter, or is read from a vault, from environment variables, from Azure Automation or from a script block of yours. about_OdcAuthentication describes each.</para>
/// <para>The command returns when it has an access token, and writes nothing unless you use -PassThru. The connection becomes the default of this runspace only.</para>
/// <para>The token is renewed when it is needed. When the identity server rejects the secret, it is read once more from its source, so that a secret that was rotated there is found without a new sign-in. This is not possible for a secret that was passed as a parameter.</para>
/// <para type="note">Signing in calls no API operation, so the API client needs no permission for it. It reads https://TENANT/identity/.well-known/openid-configuration and sends the secret to the token endpoint named there, and to nothing else.</para>
/// </remarks>
/// <example>
/// <code>Connect-Odc -Tenant acme.outsystems.dev -Credential $credential</code>
/// <para>Signs in with a PSCredential: the client id is its user name, the secret its password. Without -Credential, PowerShell asks for it.</para>
/// </example>
/// <example>
/// <code>Connect-Odc -EnvironmentVariable</code>
/// <para>Signs in with the variables ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET, as in a CI job.</para>
/// </example>
/// <example>
/// <code>Connect-Odc -SecretName odc-prod</code>
/// <para>Signs in with a vault entry that Register-OdcCredential wrote: tenant and client id are stored with the secret.</para>
/// </example>
/// <example>
/// <code>
/// $connection = Connect-Odc -Tenant acme.outsystems.dev -Credential $credential -Name acme -PassThru
/// 1..4 | ForEach-Object -Parallel { (Get-OdcOrganization -Connection $using:connection).Name }
/// </code>
/// <para>Passes a connection to other runspaces, which have no default of their own.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "Odc", DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(OdcConnection))]
public sealed class ConnectOdcCommand : OdcCmdlet
{
    private const string CredentialSet = "Credential";
    private const string SecretSet = "ClientSecret";
    private const string VaultSet = "Vault";
    private const string EnvironmentSet = "EnvironmentVariable";
    private const string AutomationSet = "AutomationCredential";
    private const string ProviderSet = "CredentialProvider";
    private const string TokenSet = "AccessToken";
    private static readonly TimeSpan WarnAhead = TimeSpan.FromDays(14);

    /// <summary>The tenant: host name of its ODC Portal, such as acme.outsystems.dev, or any URL of the portal. It may be left out if the tenant is stored with the secret.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = SecretSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = ProviderSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = AutomationSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = TokenSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = VaultSet, Position = 0)]
    [Parameter(ParameterSetName = EnvironmentSet, Position = 0)]
    [Alias("PortalDomain", "Url")]
    [AllowsNothing]
    public string? Tenant { get; set; }

    /// <summary>A PSCredential with the client id as user name and the secret as password. For a client id alone, PowerShell asks for the secret.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 1)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Client id of the API client. With -SecretName it is needed only if the entry does not contain it.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Secret of the API client.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    public SecureString ClientSecret { get; set; } = new();

    /// <summary>Name of an entry in a SecretManagement vault: a PSCredential, a SecureString or text with the secret, or a hashtable with Tenant, ClientId and ClientSecret.</summary>
    [Parameter(ParameterSetName = VaultSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string SecretName { get; set; } = "";

    /// <summary>Name of the vault with the entry. Without it, the default vault, or the only one.</summary>
    [Parameter(ParameterSetName = VaultSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? VaultName { get; set; }

    /// <summary>Takes the tenant from the environment variable ODC_TENANT_URL, or else ODC_PORTAL_DOMAIN, the client id from ODC_CLIENT_ID and the secret from ODC_CLIENT_SECRET. -Tenant wins over the variable.</summary>
    [Parameter(ParameterSetName = EnvironmentSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter EnvironmentVariable { get; set; }

    /// <summary>Name of a credential asset of Azure Automation, with the client id as user name. Works inside Azure Automation only.</summary>
    [Parameter(ParameterSetName = AutomationSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string AutomationCredential { get; set; } = "";

    /// <summary>A script block that returns a PSCredential, or another type that -SecretName accepts. It runs again when the secret is rejected. In another runspace it runs without the variables of this one.</summary>
    [Parameter(ParameterSetName = ProviderSet, Mandatory = true)]
    public ScriptBlock CredentialProvider { get; set; } = ScriptBlock.Create("");

    /// <summary>An access token from elsewhere. It can't be renewed: when it has expired, commands fail with OdcTokenExpired. White space and line ends around it are removed.</summary>
    [Parameter(ParameterSetName = TokenSet, Mandatory = true)]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>Name of the connection. Without it, the first part of the tenant's host name: acme for acme.outsystems.dev.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Who can use the connection by name: Runspace, only this runspace; Process, all runspaces of the process.</summary>
    [Parameter]
    public ConnectionScope Scope { get; set; }

    /// <summary>When the secret expires, if that is not stored with it. A date without a time means 23:59 UTC of that day, as in ODC. Connect-Odc warns 14 days before.</summary>
    [Parameter]
    [Date]
    public DateTimeOffset? SecretExpiresOn { get; set; }

    /// <summary>Name of a vault in which to keep the access token. Another process that names the same vault uses the token while it is valid, and does not sign in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TokenCacheVault { get; set; }

    /// <summary>Seconds that one request with its answer may take. A host that does not connect within 15 seconds counts as unreachable.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>How many times to retry after a transient failure, within two minutes. Only reads, and requests that never reached the service, are retried.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>The part of the service's rate limits that this connection may use: 0.5 leaves half of them to others.</summary>
    [Parameter]
    [ValidateRange(0.01, 1.0)]
    public double RateShare { get; set; } = 1;

    /// <summary>Address of a proxy to use instead of the system's, for example http://proxy:8080; without a scheme it is http. A user and a password in it are used and never shown.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy, either -Proxy or the system's.</summary>
    [Parameter]
    [Credential]
    public PSCredential ProxyCredential { get; set; } = PSCredential.Empty;

    /// <summary>Signs in to the proxy as the user of this process.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Replaces a connection of the same name that is for another tenant or API client.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the connection to the pipeline.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Wrong parameters are reported before a secret is read or anything is sent.
        var (options, tenant) = Run(() => Checked());
        var connection = ParameterSetName == TokenSet ? WithToken(options, tenant) : SignIn(options, tenant);
        try
        {
            Run(() => SessionTable.Shared.Add(connection, publish: Scope == ConnectionScope.Process, Force));
        }
        catch
        {
            connection.Client.Close();
            throw;
        }

        WarnOfExpiry(connection, options.Time.GetUtcNow());
        if (PassThru)
            WriteObject(connection);
    }

    private (ClientOptions Options, TenantAddress? Tenant) Checked()
    {
        if (ParameterSetName == TokenSet && (TokenCacheVault is not null || SecretExpiresOn is not null))
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, "-TokenCacheVault and -SecretExpiresOn can't be combined with -AccessToken.", "Leave them out, or sign in with a credential.");
        }

        var options = new ClientOptions { Timeout = TimeSpan.FromSeconds(TimeoutSec), MaximumRetries = MaximumRetryCount, RateShare = RateShare };
        return (ConnectionOptions.Of(options, Proxy, ProxyCredential, ProxyUseDefaultCredentials), Tenant is null && ParameterSetName != TokenSet ? null : TenantAddress.Parse(Tenant));
    }

    private OdcConnection SignIn(ClientOptions options, TenantAddress? tenant)
    {
        var specified = new SpecifiedClient(tenant, ClientId, SecretExpiresOn is { } end ? EntryMetadata.EndOfSecret(end) : null);
        var apiClient = Run(stopped => ApiClient.ReadAsync(Source(), specified, Caller, stopped));
        // If the name is taken, there is no need to sign in.
        var name = Run(() => FreeName(apiClient));
        var cache = TokenCacheVault is null ? null : new VaultTokenCache(new Vault(TokenCacheVault), apiClient.Tenant, apiClient.Credential.ClientId!, options.Time);
        var (client, issuer) = Run(stopped => new SignIn(options).RunAsync(apiClient, cache, Caller, stopped));
        return new OdcConnection(name, client, issuer);
    }

    private OdcConnection WithToken(ClientOptions options, TenantAddress? tenant)
    {
        var client = Run(() => new SignIn(options).FromToken(tenant!, Secret.From(AccessToken)));
        return new OdcConnection(Name ?? tenant!.Label, client);
    }

    private string FreeName(ApiClient apiClient)
    {
        var name = Name ?? apiClient.Tenant.Label;
        if (!Force)
            SessionTable.Shared.RequireFree(name, apiClient.Tenant.Origin, apiClient.Credential.ClientId!);
        return name;
    }

    private ISecretSource Source() => ParameterSetName switch
    {
        VaultSet => new VaultSecretSource(new Vault(VaultName), SecretName),
        EnvironmentSet => EnvironmentSecretSource.OfProcess,
        AutomationSet => new AutomationSecretSource(AutomationCredential),
        ProviderSet => new ScriptSecretSource(CredentialProvider),
        SecretSet => new GivenSecretSource("parameter -ClientSecret", CredentialShape.Read(ClientSecret, "parameter -ClientSecret")),
        _ => new GivenSecretSource("parameter -Credential", CredentialShape.Read(Credential, "parameter -Credential")),
    };

    private void WarnOfExpiry(OdcConnection connection, DateTimeOffset now)
    {
        if (connection.SecretExpiresOn is not { } end || end - now > WarnAhead)
            return;
        WriteWarning(end > now
            ? FormattableString.Invariant($"The secret of API client {connection.ClientId} expires on {end:yyyy-MM-dd HH:mm} UTC, in {(int)(end - now).TotalDays} days. Generate a new one in the ODC Portal in time.")
            : FormattableString.Invariant($"The secret of API client {connection.ClientId} was recorded as expired on {end:yyyy-MM-dd HH:mm} UTC, but it still works: update the date with Register-OdcCredential -Force."));
    }
}
