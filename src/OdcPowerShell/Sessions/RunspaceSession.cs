namespace OdcPowerShell.Sessions;

/// <summary>The connections of one runspace, and which of them is its default.</summary>
internal sealed class RunspaceSession
{
    internal Dictionary<string, OdcConnection> Connections { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal OdcConnection? Default { get; set; }
}
