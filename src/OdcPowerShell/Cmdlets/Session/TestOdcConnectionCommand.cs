using System.Management.Automation;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Organization;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Checks the way to a tenant and the sign-in, step by step, and says how to mend what is wrong.</summary>
/// <remarks>
/// <para>Writes one object for each check: proxy, name, TLS, clock, discovery, and for a connection also credential, the secret's end, token and one cheap call. The credential is checked by asking for a new token. A failed check is an object and not an error, so that all of them are seen.</para>
/// <para>With -For it also tells which permissions commands need. Those of commands that list are tried with one request; the others are named.</para>
/// <para type="operation">GET /api/organization/v1/organization</para>
/// </remarks>
/// <example>
/// <code>Test-OdcConnection</code>
/// <para>Checks the default connection.</para>
/// </example>
/// <example>
/// <code>Test-OdcConnection -Tenant acme.outsystems.dev</code>
/// <para>Checks the way to a tenant before any sign-in.</para>
/// </example>
/// <example>
/// <code>Test-OdcConnection -For Get-OdcUser, Get-OdcStage | Where-Object Result -eq Failed</code>
/// <para>What the API client lacks for two commands.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "OdcConnection", DefaultParameterSetName = ConnectionSet)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization))]
[OutputType(typeof(OdcCheck))]
public sealed class TestOdcConnectionCommand : OdcCmdlet
{
    private const string ConnectionSet = "Connection";

    /// <summary>The connection to check, as an object or by name; without it, the default.</summary>
    [Parameter(ParameterSetName = ConnectionSet, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>A tenant to reach without signing in: host name or any URL.</summary>
    [Parameter(ParameterSetName = "Tenant", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Tenant { get; set; } = "";

    /// <summary>A proxy instead of the system's.</summary>
    [Parameter(ParameterSetName = "Tenant")]
    public Uri? Proxy { get; set; }

    /// <summary>Commands whose permissions to check.</summary>
    [Parameter(ParameterSetName = ConnectionSet)]
    [ValidateNotNullOrEmpty]
    public string[] For { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = ParameterSetName == ConnectionSet ? Run(_ => Task.FromResult(SessionTable.Shared.Resolve(Connection))) : null;
        var tenant = connection?.Session.Tenant ?? Run(_ => Task.FromResult(TenantAddress.Parse(Tenant)));
        var options = new ClientOptions { Proxy = connection?.Session.Proxy ?? Proxy, UserAgent = UserAgent.Text(), Timeout = TimeSpan.FromSeconds(20) };
        var way = Run(stopped => new ReachabilityCheck(tenant, options).RunAsync(Caller, stopped));
        WriteObject(way.Checks, enumerateCollection: true);
        if (connection is null || way.TokenEndpoint is null)
            return;
        var check = new SessionCheck(connection.Session, options);
        WriteObject(Run(stopped => check.RunAsync(Caller, stopped)), enumerateCollection: true);
        foreach (var (command, operation) in For.SelectMany(CommandOperations.Of))
            WriteObject(Run(stopped => check.PermissionAsync(command, operation, Caller, stopped)));
        foreach (var command in For.Where(c => !CommandOperations.Of(c).Any()))
            WriteError(ErrorRecords.From(CommandOperations.Unknown(command), command));
    }
}
