using System.Collections.Concurrent;

namespace OdcPowerShell.Http;

/// <summary>
/// A tenant's rate budget, shared by all runspaces of the process: requests leave in the order in which they came, except that none waits behind a request
/// whose own endpoint is full.
/// </summary>
internal sealed class RateBudget(TimeSpan length, TimeProvider time)
{
    // The same moment, reckoned from two others.
    private static readonly TimeSpan Coarse = TimeSpan.FromMilliseconds(1);
    private readonly object _gate = new();
    private readonly Dictionary<string, RateWindow> _windows = new(StringComparer.Ordinal);
    private readonly LinkedList<RateTicket> _queue = new();
    private readonly long _begin = time.GetTimestamp();
    private TimeSpan _wakeAt = TimeSpan.MaxValue;

    /// <summary>How often the process has changed something in the tenant, so that no connection uses older answers again.</summary>
    internal ChangeCounts Changes { get; } = new();

    /// <summary>A place in every window that the request counts against; wait for its task, then end it with the answer.</summary>
    internal RateTicket Enter(IReadOnlyList<RateLimit> limits, double share)
    {
        lock (_gate)
        {
            var ticket = new RateTicket(this, [.. limits.Select(Window)], share);
            _queue.AddLast(ticket);
            Grant();
            return ticket;
        }
    }

    internal IReadOnlyList<RateUse> Read()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return [.. _windows.Values.Select(w => new RateUse(w.Name, w.Limit, w.UsedAt(now), w.UntilRoom(share: 1, now)))];
        }
    }

    /// <summary>How long a waiting ticket will probably wait, and for which limit.</summary>
    internal (string Name, int Limit, TimeSpan Left) Outlook(RateTicket ticket)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return ticket.Windows.Select(w => (w.Name, w.Limit, Left: w.UntilRoom(ticket.Share, now))).OrderByDescending(w => w.Left).First();
        }
    }

    /// <summary>Ends a ticket once: <paramref name="how"/> gets each of its windows, and which of them is the fullest.</summary>
    internal void End(RateTicket ticket, Action<RateWindow, bool> how)
    {
        lock (_gate)
        {
            if (ticket.Leave(_queue))
            {
                var now = time.GetTimestamp();
                var fullest = ticket.Windows.Reverse().OrderByDescending(w => (double)w.UsedAt(now) / w.Limit).First();
                foreach (var window in ticket.Windows)
                    how(window, ReferenceEquals(window, fullest));
            }

            Grant();
        }
    }

    private RateWindow Window(RateLimit limit)
    {
        if (!_windows.TryGetValue(limit.Name, out var found))
            _windows[limit.Name] = found = new RateWindow(limit.Name, limit.PerMinute, length, time);
        return found;
    }

    /// <summary>Only under the gate: lets every request go that has room everywhere, in order of arrival.</summary>
    private void Grant()
    {
        var now = time.GetTimestamp();
        for (var node = _queue.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Windows.All(w => w.HasRoom(node.Value.Share, now)))
            {
                _queue.Remove(node);
                node.Value.Go(now);
            }

            node = next;
        }

        ScheduleWake(now);
    }

    private void ScheduleWake(long now)
    {
        var waits = _queue.Select(t => t.Windows.Max(w => w.UntilRoom(t.Share, now))).Where(w => w > TimeSpan.Zero).ToList();
        if (waits.Count == 0)
            return;
        var shortest = waits.Min();
        var at = time.GetElapsedTime(_begin, now) + shortest;
        if (at >= _wakeAt - Coarse)
            return;
        _wakeAt = at;
        // A whole millisecond more: timers may be early by less than that.
        _ = WakeAsync(shortest + TimeSpan.FromMilliseconds(1), at);
    }

    private async Task WakeAsync(TimeSpan wait, TimeSpan at)
    {
        await time.DelayAsync(wait, CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            // One that was overtaken by an earlier wake leaves that one's place alone, or each would bring forth another.
            if (_wakeAt == at)
                _wakeAt = TimeSpan.MaxValue;
            Grant();
        }
    }
}

/// <summary>How much of a limit is used.</summary>
internal sealed record RateUse(string Name, int Limit, int Used, TimeSpan UntilRoom);

/// <summary>The budgets of the process, one a tenant: the limits are the organization's, for all callers of the process.</summary>
internal sealed class RateBudgets
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    // Clocks that are being set run faster or slower by up to half a thousandth each; ten times that is left.
    private const double Margin = 1.005;
    private readonly ConcurrentDictionary<Uri, RateBudget> _budgets = new();

    internal static RateBudgets Shared { get; } = new();

    internal RateBudget For(Uri origin, TimeProvider time) => _budgets.GetOrAdd(origin, _ => new RateBudget(WithMargin(Minute), time));

    /// <summary>Another budget for a tenant, for tests and benchmarks whose service has another window.</summary>
    internal void Set(Uri origin, TimeSpan window) => _budgets[origin] = new RateBudget(WithMargin(window), TimeProvider.System);

    private static TimeSpan WithMargin(TimeSpan window) => TimeSpan.FromTicks((long)(window.Ticks * Margin));
}

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

    /// <summary>Only under the budget's gate: whether the ticket has places that are to be ended now.</summary>
    internal bool Leave(LinkedList<RateTicket> queue)
    {
        if (_ended)
            return false;
        _ended = true;
        return _granted.Task.IsCompleted || !queue.Remove(this);
    }
}
