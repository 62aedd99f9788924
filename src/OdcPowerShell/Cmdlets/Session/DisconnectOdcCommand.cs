namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Forgets a connection of this runspace, with its token and its reference to the secret.</summary>
/// <remarks>
/// <para>Other runspaces that use the connection keep it. A connection that Connect-Odc -Scope Process published stays published unless -Scope Process is specified here too.</para>
/// <para>The service has no sign-out for API clients: a token stays valid until it expires. To block it earlier, suspend the API client in the ODC Portal.</para>
/// </remarks>
/// <example>
/// <code>Disconnect-Odc</code>
/// <para>Forgets the default connection of this runspace.</para>
/// </example>
/// <example>
/// <code>Get-OdcConnection | Disconnect-Odc</code>
/// <para>Forgets all connections of this runspace.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "Odc")]
public sealed class DisconnectOdcCommand : OdcCmdlet
{
    /// <summary>The connection to forget: an object from Get-OdcConnection, or a name. Without it, the default of this runspace.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Connection]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [Alias("Name")]
    public ConnectionReference? Connection { get; set; }

    /// <summary>Process unpublishes a connection: other runspaces can no longer find it.</summary>
    [Parameter]
    public ConnectionScope Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(_ =>
    {
        var connection = SessionTable.Shared.Resolve(Connection);
        SessionTable.Shared.Remove(connection, unpublish: Scope == ConnectionScope.Process);
        return Task.FromResult(connection);
    });
}
