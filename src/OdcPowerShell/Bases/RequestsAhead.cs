namespace OdcPowerShell.Bases;

/// <summary>
/// Sends the requests of piped input ahead of their turn, and writes the answers in the order of the input: none ahead before the first is written,
/// then 1, 2, 4 and 8. So an input of thousands of keys does not wait for each answer, and Select-Object -First 1 costs one request.
/// </summary>
internal sealed class RequestsAhead(OdcCmdlet cmdlet)
{
    private const int MostAhead = 8;
    private readonly Queue<(Task Request, Action Write)> _pending = new();
    private int _depth;
    private bool _isFirst = true;

    /// <summary>Sends a request ahead of its turn, or when its turn comes.</summary>
    /// <param name="ask">The request. If it needs the pipeline thread, it can't be made in the background and is made again in its turn.</param>
    /// <param name="write">Waits for the answer and writes it.</param>
    internal void Add<T>(Func<ICaller, CancellationToken, Task<T>> ask, Action<Func<CancellationToken, Task<T>>> write)
    {
        if (_isFirst)
        {
            _isFirst = false;
            _depth = 1;
            write(stopped => ask(cmdlet.Caller, stopped));
            return;
        }

        var caller = new BackgroundCaller(cmdlet.Caller);
        var request = Start(ask, caller, cmdlet.Stopped);
        _pending.Enqueue((request, () => write(stopped => TakeAsync(request, caller, ask, stopped))));
        while (_pending.Count > _depth || (_pending.Count > 0 && _pending.Peek().Request.Status == TaskStatus.RanToCompletion))
            WriteNext();
    }

    /// <summary>Waits for all requests that still run, and writes their answers.</summary>
    internal void WriteRest()
    {
        while (_pending.Count > 0)
            WriteNext();
    }

    private void WriteNext()
    {
        _depth = Math.Min(MostAhead, _depth * 2);
        _pending.Dequeue().Write();
    }

    // An error that occurs before anything is sent is also reported in its turn.
    private static async Task<T> Start<T>(Func<ICaller, CancellationToken, Task<T>> ask, BackgroundCaller caller, CancellationToken stopped) => await ask(caller, stopped);

    private async Task<T> TakeAsync<T>(Task<T> request, BackgroundCaller caller, Func<ICaller, CancellationToken, Task<T>> ask, CancellationToken stopped)
    {
        caller.Await();
        await Task.WhenAny(request);
        return request.IsCanceled ? await ask(cmdlet.Caller, stopped) : await request;
    }
}
