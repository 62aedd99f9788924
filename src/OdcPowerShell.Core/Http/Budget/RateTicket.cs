namespace OdcPowerShell.Http;

/// <summary>One request's place in the budget: first waiting, then under way, then ended once.</summary>
internal sealed class RateTicket(RateBudget budget, IReadOnlyList<RateWindow> windows, double share)
{
    private readonly TaskCompletionSource<bool> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _left;
    private bool _ended;

    internal IReadOnlyList<RateWindow> Windows { get; } = windows;

    internal double Share { get; } = share;

    /// <summary>Ends when the request may leave.</summary>
    internal Task Granted => _granted.Task;

    internal void Answered() => budget.End(this, (window, _) => window.Answered(_left));

    /// <summary>The service answered 429. It does not say which limit was meant: the fullest is the likeliest.</summary>
    internal void Refused(TimeSpan? retryAfter, double jitter) => budget.End(this, (window, isFullest) =>
    {
        if (isFullest)
            window.Refused(retryAfter, jitter);
        else
            window.GiveBack();
    });

    internal void GiveBack() => budget.End(this, (window, _) => window.GiveBack());

    /// <summary>Only under the budget's gate.</summary>
    internal void Go(long now)
    {
        _left = now;
        foreach (var window in Windows)
            window.Take();
        _granted.SetResult(true);
    }

    /// <summary>Only under the budget's gate: whether the ticket holds places that are to be ended now.</summary>
    internal bool Leave(LinkedList<RateTicket> queue)
    {
        if (_ended)
            return false;
        _ended = true;
        return _granted.Task.IsCompleted || !queue.Remove(this);
    }
}
