using System.Management.Automation;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Makes a connection the default of this runspace.</summary>
/// <remarks>
/// <para>Only this runspace is touched. A connection object from another runspace can be given too.</para>
/// </remarks>
/// <example>
/// <code>Select-OdcConnection acme</code>
/// <para>Commands without -Connection now go to acme.</para>
/// </example>
/// <example>
/// <code>Select-OdcConnection acme -PassThru</code>
/// <para>The same, and shows the connection.</para>
/// </example>
[Cmdlet(VerbsCommon.Select, "OdcConnection")]
[OutputType(typeof(OdcConnection))]
public sealed class SelectOdcConnectionCommand : OdcCmdlet
{
    /// <summary>The connection, as an object or by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [Alias("Name")]
    public ConnectionReference Connection { get; set; } = null!;

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = Run(_ => Task.FromResult(SessionTable.Shared.Resolve(Connection)));
        SessionTable.Shared.Select(connection);
        if (PassThru)
            WriteObject(connection);
    }
}
