namespace OdcPowerShell.Http;

/// <summary>For whom a request is made: takes its messages, and lends its thread to work that can't run elsewhere.</summary>
internal interface ICaller
{
    void Verbose(string message);

    void Warning(string message);

    /// <summary>Runs <paramref name="work"/> on the caller's own thread, as vaults need it.</summary>
    Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken);
}
