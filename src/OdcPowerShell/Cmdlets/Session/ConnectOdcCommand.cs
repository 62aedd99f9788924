using System.Management.Automation;
using System.Security;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Secrets;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Signs an API client in to a tenant.</summary>
/// <remarks>
/// <para>Returns only when the identity server has issued an access token, and writes nothing unless -PassThru is given. The connection becomes the default of this runspace; other runspaces are not touched.</para>
/// <para>The token is renewed by itself. The connection keeps the reference to the secret, so that a secret that was rotated in its vault is found without a new sign-in.</para>
/// </remarks>
/// <example>
/// <code>Connect-Odc -Tenant acme.outsystems.dev -Credential $credential</code>
/// <para>Signs in with a PSCredential whose user name is the client id. Without -Credential PowerShell asks for it.</para>
/// </example>
/// <example>
/// <code>Connect-Odc -EnvironmentVariable</code>
/// <para>Signs in with ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET, as in a CI job.</para>
/// </example>
/// <example>
/// <code>Connect-Odc -SecretName odc-prod</code>
/// <para>Signs in with an entry that Register-OdcCredential wrote: tenant and client id stand with the secret.</para>
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

    /// <summary>Host name of the ODC Portal, or any URL of the tenant: acme.outsystems.dev.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = SecretSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = ProviderSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = AutomationSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = TokenSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = VaultSet, Position = 0)]
    [Parameter(ParameterSetName = EnvironmentSet, Position = 0)]
    [Alias("PortalDomain", "Url")]
    public string? Tenant { get; set; }

    /// <summary>Client id as user name and client secret as password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 1)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Client id of the API client; beside -SecretName, where the entry does not name it.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Client secret.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    public SecureString ClientSecret { get; set; } = new();

    /// <summary>Name of a SecretManagement entry: a PSCredential, a SecureString, or a hashtable with Tenant, ClientId and ClientSecret.</summary>
    [Parameter(ParameterSetName = VaultSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string SecretName { get; set; } = "";

    /// <summary>The vault with the entry; without it, the default vault.</summary>
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateNotNullOrEmpty]
    public string? VaultName { get; set; }

    /// <summary>Reads ODC_TENANT_URL (or ODC_PORTAL_DOMAIN), ODC_CLIENT_ID and ODC_CLIENT_SECRET.</summary>
    [Parameter(ParameterSetName = EnvironmentSet, Mandatory = true)]
    public SwitchParameter EnvironmentVariable { get; set; }

    /// <summary>Name of a credential asset of Azure Automation.</summary>
    [Parameter(ParameterSetName = AutomationSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string AutomationCredential { get; set; } = "";

    /// <summary>A script block that returns a PSCredential; it is run again when the secret is refused. In another runspace it runs without the variables of this one.</summary>
    [Parameter(ParameterSetName = ProviderSet, Mandatory = true)]
    public ScriptBlock CredentialProvider { get; set; } = ScriptBlock.Create("");

    /// <summary>An access token from elsewhere. It can't be renewed.</summary>
    [Parameter(ParameterSetName = TokenSet, Mandatory = true)]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>Name of the connection; without it, the first label of the tenant's host name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Process publishes the connection to all runspaces of the process.</summary>
    [Parameter]
    public ConnectionScope Scope { get; set; }

    /// <summary>When the secret ends, where that is not stored with it: a warning comes from 14 days ahead.</summary>
    [Parameter]
    public DateTimeOffset? SecretExpiresOn { get; set; }

    /// <summary>A vault that keeps the token, so that the next process need not sign in while it lasts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TokenCacheVault { get; set; }

    /// <summary>Seconds that one request with its answer may take, 1 to 3600; 100 unless given.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>How often a request that may be repeated is repeated, 0 to 20; 4 unless given.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>The part of the service's rate limits that this connection may use, 0.01 to 1: 0.5 leaves half to others.</summary>
    [Parameter]
    [ValidateRange(0.01, 1.0)]
    public double RateShare { get; set; } = 1;

    /// <summary>A proxy instead of the system's, for example http://proxy:8080.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>Replaces a connection of the same name that is for another tenant or API client.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var options = Options();
        var connection = Run(async stopped =>
        {
            var session = ParameterSetName == TokenSet
                ? new SessionFactory(options).FromToken(TenantAddress.Parse(Tenant), Secret.From(AccessToken))
                : await Request(options).RunAsync(Caller, stopped);
            return new OdcConnection(Name ?? session.Tenant.Label, session);
        });
        Run(_ => Task.FromResult(SessionTable.Shared.Add(connection, publish: Scope == ConnectionScope.Process, Force)));
        WarnOfExpiry(connection, options.Time.GetUtcNow());
        if (PassThru)
            WriteObject(connection);
    }

    private ClientOptions Options() => new()
    {
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        MaximumRetries = MaximumRetryCount,
        RateShare = RateShare,
        Proxy = Proxy,
        UserAgent = UserAgent.Text(),
    };

    private SignInRequest Request(ClientOptions options) => new(Source(), options)
    {
        Tenant = Tenant,
        ClientId = ClientId,
        SecretExpiresOn = SecretExpiresOn,
        TokenCache = TokenCacheVault is null ? null : new Vault(TokenCacheVault),
    };

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
            ? $"The secret of API client {connection.ClientId} ends on {end:yyyy-MM-dd HH:mm} UTC, in {(int)(end - now).TotalDays} days. Generate a new one in the ODC Portal in time."
            : $"The recorded end of the secret of API client {connection.ClientId}, {end:yyyy-MM-dd HH:mm} UTC, has passed, but it still signs in: correct the record.");
    }
}
