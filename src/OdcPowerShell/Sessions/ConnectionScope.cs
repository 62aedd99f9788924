namespace OdcPowerShell;

/// <summary>Who may use a connection without being handed it.</summary>
public enum ConnectionScope
{
    /// <summary>Only the runspace that connected.</summary>
    Runspace,

    /// <summary>All runspaces of the process.</summary>
    Process,
}
