namespace OdcPowerShell.Http;

/// <summary>
/// Stands for a caller whose thread is busy with something else: messages are passed on, but work that needs the thread is refused, because
/// nobody may wait for it. The request is then made again when the caller waits for it.
/// </summary>
internal sealed class BackgroundCaller(ICaller caller) : ICaller
{
    private volatile bool _isAwaited;

    public bool IsWaiting => false;

    /// <summary>Whether the caller waits for this request by now.</summary>
    internal bool IsAwaited => _isAwaited;

    /// <summary>From now on the caller waits for this request, and may see why.</summary>
    internal void Await() => _isAwaited = true;

    public void Verbose(string message) => caller.Verbose(message);

    public void Warning(string message) => caller.Warning(message);

    public void Progress(CallerProgress progress)
    {
        if (_isAwaited)
            caller.Progress(progress);
    }

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) =>
        Task.FromCanceled<T>(new CancellationToken(canceled: true));
}
