using System.Collections.Concurrent;

namespace OdcPowerShell.Http;

/// <summary>
/// A tenant's rate budget, shared by all runspaces of the process, and by the processes of this machine where <paramref name="shared"/> is specified:
/// requests are sent in the order in which they came, except that none waits behind a request whose own endpoint is full.
/// </summary>
internal sealed class RateBudget(TimeSpan length, TimeProvider time, SharedLimits? shared = null)
{
    // The same moment, reckoned from two others.
    private static readonly TimeSpan Coarse = TimeSpan.FromMilliseconds(1);

    // Another process has a file open.
    private static readonly TimeSpan UntilNotBusy = TimeSpan.FromMilliseconds(3);
    private readonly object _gate = new();
    private readonly Dictionary<string, RateWindow> _windows = new(StringComparer.Ordinal);
    private readonly LinkedList<RateTicket> _queue = new();
    private readonly List<(RateTicket Ticket, Action<RateWindow, bool> How)> _ended = [];
    private TimeSpan _wakeAt = TimeSpan.MaxValue;

    /// <summary>How often the process has changed something in the tenant, so that no connection uses older answers again.</summary>
    internal ChangeCounts Changes { get; } = new();

    /// <summary>Why the process counts its requests alone, once; null when there is nothing to report.</summary>
    internal string? TakeNotice() => shared?.TakeNotice();

    /// <summary>A place in every window that the request counts against; wait for its task, then end it with the answer.</summary>
    internal RateTicket Enter(IReadOnlyList<RateLimit> limits, double share)
    {
        lock (_gate)
        {
            var ticket = new RateTicket(this, [.. limits.Select(Window)], share);
            _queue.AddLast(ticket);
            Settle();
            return ticket;
        }
    }

    /// <summary>The use of the limits that this process has used.</summary>
    internal IReadOnlyList<RateUse> Read()
    {
        lock (_gate)
            return Read([.. _windows.Values]);
    }

    /// <summary>The use of these limits, and of those that this process has used.</summary>
    internal IReadOnlyList<RateUse> Read(IEnumerable<RateLimit> limits)
    {
        lock (_gate)
            return Read([.. _windows.Values.Concat(limits.Where(l => !_windows.ContainsKey(l.Name)).Select(New))]);
    }

    /// <summary>How long a waiting ticket will probably wait, and for which limit.</summary>
    internal (string Name, int Limit, TimeSpan Left) Outlook(RateTicket ticket)
    {
        lock (_gate)
        {
            var now = time.Now();
            return ticket.Windows.Select(w => (w.Name, w.Limit, Left: w.UntilRoom(ticket.Share, now))).OrderByDescending(w => w.Left).First();
        }
    }

    /// <summary>Ends a ticket once: <paramref name="how"/> gets each of its windows, and whether it is the fullest of them.</summary>
    internal void End(RateTicket ticket, Action<RateWindow, bool> how)
    {
        lock (_gate)
        {
            if (ticket.Leave(_queue))
                _ended.Add((ticket, how));
            Settle();
        }
    }

    /// <summary>The moment, for what a ticket ends with.</summary>
    internal TimeSpan Now => time.Now();

    private RateWindow Window(RateLimit limit)
    {
        if (!_windows.TryGetValue(limit.Name, out var found))
            _windows[limit.Name] = found = New(limit);
        return found;
    }

    private RateWindow New(RateLimit limit) => new(limit, length, shared?.File(limit));

    private List<RateUse> Read(List<RateWindow> windows)
    {
        var now = time.Now();
        var uses = new List<RateUse>(windows.Count);
        foreach (var window in windows)
        {
            window.Open(now, toRead: true);
            window.Release();
            uses.Add(new RateUse(window.Name, window.Limit, window.Used, window.UsedByOthers, window.UntilRoom(share: 1, now)));
        }

        return uses;
    }

    /// <summary>Only under the gate: ends what has ended, then lets every request go that has room everywhere, in order of arrival.</summary>
    private void Settle()
    {
        var now = time.Now();
        var windows = _ended.Select(e => e.Ticket).Concat(_queue).SelectMany(t => t.Windows).Distinct().OrderBy(w => w.Name, StringComparer.Ordinal).ToList();
        try
        {
            // All or none: no process keeps a file while it waits for another one.
            if (windows.Exists(w => w.Open(now) == LimitAccess.Busy))
                WakeIn(UntilNotBusy, now);
            else
                Settle(windows, now);
        }
        finally
        {
            windows.ForEach(w => w.Release());
        }
    }

    private void Settle(List<RateWindow> windows, TimeSpan now)
    {
        foreach (var (ticket, how) in _ended)
        {
            var fullest = ticket.Windows.Reverse().OrderByDescending(w => (double)w.Used / w.Limit).First();
            foreach (var window in ticket.Windows)
                how(window, ReferenceEquals(window, fullest));
        }

        _ended.Clear();
        var gone = Grant(now);
        foreach (var window in windows)
        {
            window.IsWaiting = _queue.Any(t => t.WaitsOnlyFor(window, now));
            window.Close(now);
        }

        gone.ForEach(t => t.Go());
        var waits = _queue.Select(t => t.Windows.Max(w => w.UntilRoom(t.Share, now))).Where(w => w > TimeSpan.Zero).ToList();
        if (waits.Count > 0)
            WakeIn(waits.Min(), now);
    }

    private List<RateTicket> Grant(TimeSpan now)
    {
        var gone = new List<RateTicket>();
        for (var node = _queue.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Windows.All(w => w.HasRoom(node.Value.Share, now) && !w.Yields(now)))
            {
                _queue.Remove(node);
                node.Value.Take(now);
                gone.Add(node.Value);
            }

            node = next;
        }

        return gone;
    }

    private void WakeIn(TimeSpan wait, TimeSpan now)
    {
        var at = now + wait;
        if (at >= _wakeAt - Coarse)
            return;
        _wakeAt = at;
        // A whole millisecond more: timers may be early by less than that.
        _ = WakeAsync(wait + TimeSpan.FromMilliseconds(1), at);
    }

    private async Task WakeAsync(TimeSpan wait, TimeSpan at)
    {
        await time.DelayAsync(wait, CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            // One that was overtaken by an earlier wake leaves that one's place alone, or each would bring forth another.
            if (_wakeAt == at)
                _wakeAt = TimeSpan.MaxValue;
            Settle();
        }
    }
}

/// <summary>How much of a limit is used, by this process and by the others of this machine.</summary>
internal sealed record RateUse(string Name, int Limit, int Used, int UsedByOthers, TimeSpan UntilRoom);

/// <summary>The budgets of the process, one a tenant: the limits are the organization's, for all callers of the process.</summary>
internal sealed class RateBudgets
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    // Clocks that are being set run faster or slower by up to half a thousandth each; ten times that is left.
    private const double Margin = 1.005;
    private readonly ConcurrentDictionary<Uri, RateBudget> _budgets = new();

    internal static RateBudgets Shared { get; } = new();

    internal RateBudget For(Uri origin, TimeProvider time) => _budgets.GetOrAdd(origin, _ =>
        new RateBudget(WithMargin(Minute), time, SharedLimits.Of(origin, time, WithMargin(Minute), Environment.GetEnvironmentVariable(SharedLimits.Variable))));

    /// <summary>Another budget for a tenant, for tests and benchmarks whose service has another window; without a folder it is this process's own.</summary>
    internal void Set(Uri origin, TimeSpan window, string? folder = null) =>
        _budgets[origin] = new RateBudget(WithMargin(window), TimeProvider.System, folder is null ? null : new SharedLimits(folder, origin, WithMargin(window)));

    private static TimeSpan WithMargin(TimeSpan window) => TimeSpan.FromTicks((long)(window.Ticks * Margin));
}

/// <summary>One request's place in the budget: first waiting, then under way, then ended once.</summary>
internal sealed class RateTicket(RateBudget budget, IReadOnlyList<RateWindow> windows, double share)
{
    private readonly TaskCompletionSource<bool> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _left;
    private bool _ended;

    internal IReadOnlyList<RateWindow> Windows { get; } = windows;

    internal double Share { get; } = share;

    /// <summary>Ends when the request may leave.</summary>
    internal Task Granted => _granted.Task;

    internal void Answered()
    {
        var now = budget.Now;
        budget.End(this, (window, _) => window.Answered(_left, now));
    }

    /// <summary>The service answered 429. It does not say which limit was meant: the fullest is the likeliest.</summary>
    internal void Refused(TimeSpan? retryAfter, double jitter)
    {
        var now = budget.Now;
        budget.End(this, (window, isFullest) =>
        {
            if (isFullest)
                window.Refused(_left, retryAfter, jitter, now);
            else
                window.GiveBack(_left);
        });
    }

    internal void GiveBack() => budget.End(this, (window, _) => window.GiveBack(_left));

    /// <summary>Only under the budget's gate: takes a place in each window.</summary>
    internal void Take(TimeSpan now)
    {
        _left = now;
        foreach (var window in Windows)
            window.Take(now);
    }

    /// <summary>Only under the budget's gate, when the places are known to all processes: lets the request leave.</summary>
    internal void Go() => _granted.SetResult(true);

    /// <summary>Only under the budget's gate: whether the ticket has places that are to be ended now.</summary>
    internal bool Leave(LinkedList<RateTicket> queue)
    {
        if (_ended)
            return false;
        _ended = true;
        return _granted.Task.IsCompleted || !queue.Remove(this);
    }

    /// <summary>Only under the budget's gate: whether room in this window is all that it needs.</summary>
    internal bool WaitsOnlyFor(RateWindow window, TimeSpan now) =>
        Windows.Contains(window) && !window.IsShareSpent(Share) && Windows.All(w => ReferenceEquals(w, window) || w.HasRoom(Share, now));
}
