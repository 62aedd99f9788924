using System.Reflection;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Checks the connection to a tenant and the sign-in, step by step, and shows how to fix problems.</summary>
/// <remarks>
/// <para>Writes one object for each check, with its result, its details and the fix: proxy, name, TLS, clock and discovery, and for a connection also credential, expiry date of the secret, token and one small call. To check the credential, it requests a new token. A failed check is an object and not an error, so that you also see the checks after it.</para>
/// <para>With -For, it also reports which permissions commands need. An operation that reads a list is tried with one request; for any other the permission is shown.</para>
/// <para type="note">With -For, the list operations of those commands are called too.</para>
/// </remarks>
/// <example>
/// <code>Test-OdcConnection</code>
/// <para>Checks the default connection, one object for each check.</para>
/// </example>
/// <example>
/// <code>Test-OdcConnection -Tenant acme.outsystems.dev</code>
/// <para>Checks the connection to a tenant before any sign-in.</para>
/// </example>
/// <example>
/// <code>Test-OdcConnection -For Get-OdcUser, Get-OdcStage | Where-Object Result -eq Failed</code>
/// <para>Shows the permissions that the API client lacks for two commands.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "OdcConnection", DefaultParameterSetName = ConnectionSet)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization), Without = "Tenant")]
[OutputType(typeof(OdcCheck))]
public sealed class TestOdcConnectionCommand : OdcCmdlet
{
    private const string ConnectionSet = "Connection";

    /// <summary>The connection to check: an object from Get-OdcConnection, or a name. Without it, the default of this runspace.</summary>
    [Parameter(ParameterSetName = ConnectionSet, Position = 0, ValueFromPipeline = true)]
    [Connection]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The tenant to reach without signing in: host name of its ODC Portal, such as acme.outsystems.dev, or any URL of the portal.</summary>
    [Parameter(ParameterSetName = "Tenant", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [AllowsNothing]
    public string Tenant { get; set; } = "";

    /// <summary>Address of a proxy to use instead of the system's, for example http://proxy:8080; without a scheme it is http. A user and a password in it are used and never shown.</summary>
    [Parameter(ParameterSetName = "Tenant")]
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy, either -Proxy or the system's.</summary>
    [Parameter(ParameterSetName = "Tenant")]
    [Credential]
    public PSCredential ProxyCredential { get; set; } = PSCredential.Empty;

    /// <summary>Signs in to the proxy as the user of this process.</summary>
    [Parameter(ParameterSetName = "Tenant")]
    [ValueRequired]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Names of commands of this module whose permissions to check.</summary>
    [Parameter(ParameterSetName = ConnectionSet)]
    [ValidateNotNullOrEmpty]
    public string[] For { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = ParameterSetName == ConnectionSet ? Run(() => SessionTable.Shared.Resolve(Connection)) : null;
        var tenant = connection is not null ? new TenantAddress(connection.Url) : Run(() => TenantAddress.Parse(Tenant));
        var options = (connection?.Client.Options ?? Run(() => ConnectionOptions.Of(new ClientOptions(), Proxy, ProxyCredential, ProxyUseDefaultCredentials)))
            with { Timeout = TimeSpan.FromSeconds(20) };
        var way = Run(stopped => new ReachabilityCheck(tenant, options).RunAsync(Caller, stopped));
        WriteObject(way.Checks, enumerateCollection: true);
        if (connection is null || way.TokenEndpoint is null)
            return;
        var check = connection.Check(options);
        WriteObject(Run(stopped => check.RunAsync(Caller, stopped)), enumerateCollection: true);
        foreach (var (command, operation) in For.SelectMany(CommandOperations.Of))
            WriteObject(Run(stopped => check.PermissionAsync(command, operation, Caller, stopped)));
        foreach (var command in For.Where(c => !CommandOperations.Of(c).Any()))
            WriteError(ErrorRecords.From(CommandOperations.Unknown(command), command));
    }
}

/// <summary>The operations that a command of the module calls.</summary>
internal static class CommandOperations
{
    internal static IEnumerable<(string Command, Operation Operation)> Of(string command) =>
        from type in typeof(CommandOperations).Assembly.GetTypes()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where cmdlet is not null && string.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", command, StringComparison.OrdinalIgnoreCase)
        from called in type.GetCustomAttributes<ApiOperationAttribute>()
        where called is { IsOptional: false, IsLookUp: false, IsForOneValue: false }
        select ($"{cmdlet.VerbName}-{cmdlet.NounName}", called.Operation);

    internal static OdcException Unknown(string command) => new(
        OdcErrorCause.NotFound, $"'{command}' is not a command of this module that calls an API.",
        command.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) ? $"For a script, use Get-OdcRequiredPermission {MessageText.Quoted(command)} -Compare."
            : NearNames.Of(command, Scripts.KnownCommand.All.Select(c => c.Name)) is { Count: > 0 } near ? $"Did you mean {string.Join(" or ", near)}?" : "Get-Command -Module OdcPowerShell lists them.");
}
