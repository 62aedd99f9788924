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
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    private protected OdcConnection CurrentConnection => _connection ??= Run(_ => Task.FromResult(SessionTable.Shared.Resolve(Connection)));

    internal OdcClient Client => CurrentConnection.Client;

    /// <summary>What names among the parameters must also fit, where the command says more of them than the name.</summary>
    private protected virtual Narrowing Within => Narrowing.None;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _ = CurrentConnection;
        // What names stand for, of all that was typed; a name that stands for nothing would fail with every input.
        foreach (var reference in GivenReferences.Of(this))
            Run(stopped => reference.ToKeyAsync(Client, Within, Caller, stopped));
    }

    /// <summary>The key of an object that came through the pipeline; null when its name stands for nothing, which is then its error.</summary>
    private protected string? KeyOf(ObjectReference reference) =>
        reference.Key ?? RunFor(reference.Given ?? reference.Text, stopped => reference.ToKeyAsync(Client, Within, Caller, stopped));

    private protected void Write(OdcResource resource) => WriteObject(Resources.Show(resource));
}
