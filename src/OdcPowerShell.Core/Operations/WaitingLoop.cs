using System.Globalization;

namespace OdcPowerShell.Operations;

/// <summary>
/// Waits for any number of long-running operations of any kinds, under one deadline. It polls with the fewest requests, outlives outages until
/// the deadline, and returns each operation as soon as it has ended.
/// </summary>
/// <param name="client">The client for the service.</param>
/// <param name="timeout">How long to wait at most, from the first call of <see cref="NextAsync"/>.</param>
/// <param name="stallTimeout">How long an operation may show no new step; null for no limit.</param>
internal sealed class WaitingLoop(OdcClient client, TimeSpan timeout, TimeSpan? stallTimeout = null)
{
    internal const string Activity = "Waiting for operations";
    private const int MostBars = 8;
    private const int FirstBar = 2;

    // At the deadline there is one last poll, with this time limit.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly HashSet<int> _bars = [];
    private readonly WaitedOperations _waited = new();
    private readonly OperationPoller _poller = new(client);
    private long? _startedAt;
    private int _ended;
    private int _nextBar = FirstBar;
    private long? _outageSince;

    /// <summary>The -Connection parameter for the command that resumes the wait.</summary>
    internal string ConnectionParameter { get; init; } = "";

    internal bool IsEmpty => _waited.All.Count == 0;

    /// <summary>Whether the time is over.</summary>
    internal bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>The operations that still run, by name.</summary>
    internal IReadOnlyList<string> RunningNames => [.. _waited.All.Select(w => Label(w.Operation))];

    /// <summary>The operations that still run, by name, and the command that waits for them again; null if none does.</summary>
    internal string? ResumeHint => _waited.All is { Count: > 0 } waited
        ? $"Still running: {string.Join(", ", waited.Select(w => Label(w.Operation)))}. Wait for {(waited.Count == 1 ? "it" : "them")} again with: {ResumeCommand([.. waited.Select(w => w.Operation)])}"
        : null;

    // Operations that are due within this time are polled together: one second of the usual five.
    private TimeSpan Together => TimeSpan.FromTicks(client.Polling.Short.Ticks / 5);

    private TimeSpan Left => _startedAt is { } startedAt ? timeout - client.Time.GetElapsedTime(startedAt) : timeout;

    /// <summary>Adds an operation to wait for. Its outcome has the owner.</summary>
    internal void Add(ILongRunning operation, object? owner = null)
    {
        var now = client.Time.GetTimestamp();
        _poller.TryListOf(operation.Descriptor);
        _waited.Add(new Waited(operation, _nextBar++, now) { Owner = owner, PolledAt = now, MovedAt = now, Pause = client.Polling.After(TimeSpan.Zero, operation.Descriptor) });
    }

    /// <summary>Starts the clock of the deadline, unless it runs already.</summary>
    internal void Begin() => _startedAt ??= client.Time.GetTimestamp();

    /// <summary>Waits until operations have ended, have stalled, can't be read or have reached the deadline.</summary>
    /// <param name="caller">Who waits.</param>
    /// <param name="cancellationToken">Ends the wait, not the operations.</param>
    /// <param name="atMost">Returns nothing after this time, so that the caller can do other work.</param>
    /// <returns>The operations that have ended; none when there is nothing to wait for, or after <paramref name="atMost"/>.</returns>
    /// <exception cref="OdcException">The session is lost, so that no operation can be read any more; <see cref="ResumeHint"/> says what still runs.</exception>
    internal async Task<IReadOnlyList<WaitOutcome>> NextAsync(ICaller caller, CancellationToken cancellationToken, TimeSpan? atMost = null)
    {
        Begin();
        var since = client.Time.GetTimestamp();
        await LearnNamesAsync(caller, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var ended = Take();
            if (ended.Count > 0)
                return await OutcomesAsync(ended, caller, cancellationToken).ConfigureAwait(false);
            var rest = atMost - client.Time.GetElapsedTime(since);
            if (IsEmpty || rest <= TimeSpan.Zero)
                return [];
            ShowProgress(caller);
            WarnAboutAwaited(caller);
            await client.Time.DelayAsync(Shortest(UntilNextPoll(), rest ?? TimeSpan.MaxValue), cancellationToken).ConfigureAwait(false);
            await PollInTimeAsync(caller, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the progress bars.</summary>
    internal void EndProgress(ICaller caller)
    {
        foreach (var bar in _bars)
            caller.Progress(new CallerProgress(Activity, Left: null) { Id = bar });
        _bars.Clear();
    }

    /// <summary>The command that waits for operations again.</summary>
    internal string ResumeCommand(IReadOnlyCollection<ILongRunning> operations)
    {
        var reads = operations.GroupBy(o => (o.Descriptor, Place: o.Descriptor.PlaceOf(o)))
            .Select(same => $"{same.Key.Descriptor.ReadCommand} {string.Join(", ", same.Select(o => o.OperationKey))}{same.Key.Place}{ConnectionParameter}").ToList();
        return $"{(reads.Count == 1 ? reads[0] : $"& {{ {string.Join("; ", reads)} }}")} | Wait-OdcOperation{ConnectionParameter}";
    }

    private string Label(ILongRunning operation) => operation.Descriptor.Label(client, operation);

    private static TimeSpan Shortest(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task LearnNamesAsync(ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            await client.Names.AssetNames.LearnAsync(_waited.All.Select(w => w.Operation.Descriptor.AssetKeyOf(w.Operation)), caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcException e) when (!OperationPoller.EndsSession(e))
        {
            // Messages then show the key.
            caller.Verbose($"The names of assets can't be read: {e.Message}");
        }
    }

    private TimeSpan UntilNextPoll()
    {
        var left = Left < TimeSpan.Zero ? TimeSpan.Zero : Left;
        return Shortest(left, _waited.All.Min(UntilPoll));
    }

    private TimeSpan UntilPoll(Waited waited) => waited.Pause - client.Time.GetElapsedTime(waited.PolledAt);

    private List<Waited> Take()
    {
        var isOver = IsOver;
        var ended = _waited.All.Where(w => isOver || w.Failure is not null || w.HasStalled || w.Operation.IsTerminal).ToList();
        _waited.Remove(ended);
        _ended += ended.Count;
        return ended;
    }

    private async Task<IReadOnlyList<WaitOutcome>> OutcomesAsync(IReadOnlyList<Waited> ended, ICaller caller, CancellationToken cancellationToken)
    {
        var outcomes = new List<WaitOutcome>();
        foreach (var waited in ended)
        {
            if (_bars.Remove(waited.Bar))
                caller.Progress(new CallerProgress(Activity, Left: null) { Id = waited.Bar });
            outcomes.Add(await OutcomeAsync(waited, caller, cancellationToken).ConfigureAwait(false) with { Owner = waited.Owner });
        }

        return outcomes;
    }

    private async Task<WaitOutcome> OutcomeAsync(Waited waited, ICaller caller, CancellationToken cancellationToken)
    {
        var operation = waited.Operation;
        if (operation.IsSuccess)
            return new WaitOutcome(operation, WaitEnd.Succeeded, Failure: null);
        if (operation.IsTerminal && operation.Descriptor.ReviewOf(operation) is { } review)
            return new WaitOutcome(operation, WaitEnd.InReview, Failure: null) { Review = $"{review} Then wait for it again with: {ResumeCommand([operation])}" };
        if (operation.IsTerminal)
            return new WaitOutcome(operation, WaitEnd.Failed, await FailureAsync(operation, caller, cancellationToken).ConfigureAwait(false));
        return waited.Failure is not null
            ? new WaitOutcome(operation, WaitEnd.Unread, Unread(operation, waited.Failure))
            : new WaitOutcome(operation, WaitEnd.Running, StillRunning(waited));
    }

    private OdcException Unread(ILongRunning operation, OdcException e) => new(
        e.Cause, $"The {Label(operation)} can't be read, and how it ended is not known: {e.Message}", e.RecommendedAction, e);

    private OdcException StillRunning(Waited waited)
    {
        var stalled = waited.HasStalled && stallTimeout is { } stall ? string.Format(CultureInfo.InvariantCulture, "has reported no new step for {0:0} s", stall.TotalSeconds) : null;
        return new OdcException(
            OdcErrorCause.Timeout,
            FormattableString.Invariant($"The {Label(waited.Operation)} {stalled ?? FormattableString.Invariant($"is still {waited.Operation.Status ?? "running"} after {timeout.TotalSeconds:0} s")}. It continues on the service. {waited.Operation.Descriptor.AwaitedBy(waited.Operation)}").TrimEnd(),
            $"Wait for it again with: {ResumeCommand([waited.Operation])}");
    }

    private async Task<OdcException> FailureAsync(ILongRunning operation, ICaller caller, CancellationToken cancellationToken)
    {
        string reasons;
        try
        {
            var messages = await operation.Descriptor.ExplainAsync(client, operation, caller, cancellationToken).ConfigureAwait(false);
            reasons = messages.Count == 0 ? "the service reports no reason." : string.Join(" ", messages);
        }
        catch (OdcException e)
        {
            reasons = $"its messages can't be read: {e.Message}";
        }

        return new OdcException(
            OdcErrorCause.OperationFailed, $"The {Label(operation)} ended as {operation.Status ?? "failed"}: {reasons}", operation.Descriptor.Advice);
    }

    // A request that hangs must not extend the wait beyond its deadline.
    private async Task PollInTimeAsync(ICaller caller, CancellationToken cancellationToken)
    {
        using var polling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var poll = PollAsync(caller, polling.Token);
        var left = Left < TimeSpan.Zero ? TimeSpan.Zero : Left;
        var first = await Task.WhenAny(poll, client.Time.DelayAsync(left + Grace, waiting.Token)).ConfigureAwait(false);
        (first == poll ? waiting : polling).Cancel();
        try
        {
            await poll.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (polling.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            caller.Verbose("The last poll was not answered in time.");
        }
    }

    private async Task PollAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var due = _waited.All.Where(w => IsOver || UntilPoll(w) <= Together).ToList();
        OdcException? outage = null;
        foreach (var kind in due.GroupBy(w => w.Operation.Descriptor))
            outage = await _poller.PollAsync(_waited, [.. kind], caller, cancellationToken).ConfigureAwait(false) ?? outage;
        if (outage is not null)
            NoteOutage(due.Count, outage, caller);
        else if (due.Count > 0)
            NoteReached(caller);
        if (stallTimeout is not null)
            await FindStalledAsync(caller, cancellationToken).ConfigureAwait(false);
    }

    private void NoteOutage(int count, OdcException e, ICaller caller)
    {
        if (_outageSince is null)
            caller.Warning(FormattableString.Invariant($"{(count == 1 ? "An operation" : $"{count} operations")} can't be read at the moment: {e.Message} The wait continues for up to {Math.Max(0, Left.TotalSeconds):0} s."));
        _outageSince ??= client.Time.GetTimestamp();
    }

    private void NoteReached(ICaller caller)
    {
        if (_outageSince is not { } since)
            return;
        _outageSince = null;
        caller.Verbose(FormattableString.Invariant($"The operations can be read again, after {client.Time.GetElapsedTime(since).TotalSeconds:0} s."));
        // No steps could be seen during the outage.
        foreach (var waited in _waited.All)
            _waited.Replace(waited with { MovedAt = client.Time.GetTimestamp() });
    }

    private async Task FindStalledAsync(ICaller caller, CancellationToken cancellationToken)
    {
        foreach (var waited in _waited.All.Where(w => w is { Failure: null, WasUnread: false, Operation.IsTerminal: false }))
        {
            var isDue = client.Time.GetElapsedTime(waited.MovedAt) >= stallTimeout;
            if (!isDue && waited.HasFirstStep)
                continue;
            try
            {
                var step = await waited.Operation.Descriptor.StepAsync(client, waited.Operation, caller, cancellationToken).ConfigureAwait(false);
                var hasMoved = waited.HasFirstStep && !string.Equals(step, waited.Step, StringComparison.Ordinal);
                _waited.Replace(waited with { HasFirstStep = true, Step = step, MovedAt = hasMoved ? client.Time.GetTimestamp() : waited.MovedAt, HasStalled = isDue && !hasMoved });
            }
            catch (OdcException e) when (!OperationPoller.EndsSession(e))
            {
                // Only time in which the operation could be read counts for a stall.
                caller.Verbose($"The steps of the {Label(waited.Operation)} can't be read: {e.Message}");
            }
        }
    }

    private void ShowProgress(ICaller caller)
    {
        var all = _waited.All;
        var longest = all.Max(w => client.Time.GetElapsedTime(w.AddedAt));
        var share = 100 * _ended / (_ended + all.Count);
        Show(caller, new CallerProgress(Activity, Left: null, FormattableString.Invariant($"{_ended} of {_ended + all.Count} ended, for {longest.TotalSeconds:0} s{(_outageSince is null ? "" : ", not reachable at the moment")}")) { Percent = share });
        foreach (var waited in all.Take(MostBars))
            Show(caller, new CallerProgress(Label(waited.Operation), Left: null, FormattableString.Invariant($"{waited.Operation.Status ?? "Unknown"}, for {client.Time.GetElapsedTime(waited.AddedAt).TotalSeconds:0} s")) { Id = waited.Bar, ParentId = 1 });
    }

    // What a person has to do may be known only after some polls.
    private void WarnAboutAwaited(ICaller caller)
    {
        foreach (var waited in _waited.All)
        {
            if (waited.Operation.Descriptor.AwaitedBy(waited.Operation) is not { } text || string.Equals(text, waited.Asked, StringComparison.Ordinal))
                continue;
            caller.Warning(text);
            _waited.Replace(waited with { Asked = text });
        }
    }

    private void Show(ICaller caller, CallerProgress progress)
    {
        _bars.Add(progress.Id);
        caller.Progress(progress);
    }
}
