namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Gets the connections of this runspace.</summary>
/// <remarks>
/// <para>Shows for each connection its tenant, whether it is the default, where its secret comes from, and when token and secret expire. Connections that were published to the process are among them. No request is sent.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcConnection</code>
/// <para>Gets all connections.</para>
/// </example>
/// <example>
/// <code>Get-OdcConnection -Default</code>
/// <para>Gets the connection that commands use when no other is named.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcConnection", DefaultParameterSetName = NameSet)]
[OutputType(typeof(OdcConnection))]
public sealed class GetOdcConnectionCommand : OdcCmdlet
{
    private const string NameSet = "Name";

    /// <summary>Names of the connections to get.</summary>
    [Parameter(ParameterSetName = NameSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Gets only the default connection. It is an error when there is none.</summary>
    [Parameter(ParameterSetName = "Default", Mandatory = true)]
    [ValueRequired]
    public SwitchParameter Default { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Default)
        {
            WriteObject(Run(() => SessionTable.Shared.Resolve(reference: null)));
            return;
        }

        foreach (var name in Run(() => Name.Select(n => new NamePattern(n)).ToList()))
        {
            if (!name.IsLiteral)
                WriteObject(SessionTable.Shared.All.Where(c => name.Fits(c.Name)), enumerateCollection: true);
            else if (SessionTable.Shared.Find(name.Text) is { } connection)
                WriteObject(connection);
            else
                WriteError(ErrorRecords.From(SessionTable.Shared.NotFound(name.Text), name.Text));
        }
    }
}
