using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that works on a tenant through a connection.</summary>
public abstract class ConnectedCmdlet : OdcCmdlet
{
    private OdcConnection? _connection;

    private protected ConnectedCmdlet()
    {
    }

    /// <summary>The connection to use: an object from Connect-Odc -PassThru or Get-OdcConnection, or a name. Without it, the default of this runspace.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    private protected OdcConnection CurrentConnection => _connection ??= Run(_ => Task.FromResult(SessionTable.Shared.Resolve(Connection)));

    internal OdcClient Client => CurrentConnection.Client;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _ = CurrentConnection;

    private protected void Write(OdcResource resource) => WriteObject(Resources.Show(resource));
}
