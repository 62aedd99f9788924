namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Makes a connection the default of this runspace.</summary>
/// <remarks>
/// <para>Commands without -Connection use the default. Only this runspace changes. You can also use a connection object from another runspace; then it belongs to this runspace too.</para>
/// </remarks>
/// <example>
/// <code>Select-OdcConnection acme</code>
/// <para>Commands without -Connection now go to acme.</para>
/// </example>
/// <example>
/// <code>Select-OdcConnection acme -PassThru</code>
/// <para>Does the same and writes the connection.</para>
/// </example>
/// <example>
/// <code>Get-OdcConnection acme | Select-OdcConnection</code>
/// <para>Makes a connection object the default.</para>
/// </example>
[Cmdlet(VerbsCommon.Select, "OdcConnection")]
[OutputType(typeof(OdcConnection))]
public sealed class SelectOdcConnectionCommand : OdcCmdlet
{
    /// <summary>The connection: an object from Connect-Odc -PassThru or Get-OdcConnection, or a name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Connection]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [Alias("Name")]
    public ConnectionReference Connection { get; set; } = null!;

    /// <summary>Writes the connection to the pipeline.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = Run(() => SessionTable.Shared.Resolve(Connection));
        Run(() => SessionTable.Shared.Select(connection));
        if (PassThru)
            WriteObject(connection);
    }
}
