namespace OdcPowerShell;

/// <summary>An operation that the service works off in the background.</summary>
internal interface ILongRunning
{
    string? OperationKey { get; }

    string? Status { get; }

    /// <summary>Whether it goes on no longer.</summary>
    bool IsTerminal { get; }

    /// <summary>Whether it ended well.</summary>
    bool IsSuccess { get; }
}
