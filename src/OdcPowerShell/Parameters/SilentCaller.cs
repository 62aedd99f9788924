namespace OdcPowerShell.Parameters;

/// <summary>Stands for Tab: nobody sees messages, and nobody may be asked to sign in.</summary>
internal sealed class SilentCaller : IPassiveCaller
{
    internal static SilentCaller Instance { get; } = new();

    public bool IsWaiting => false;

    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }

    public void Progress(CallerProgress progress)
    {
    }

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) =>
        throw new OdcException(OdcErrorCause.NotConnected, "Completion does not sign in.", "Run a command first.");
}
