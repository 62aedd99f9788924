namespace OdcPowerShell.Operations;

/// <summary>Polls operations with the fewest requests: several through one list, the others one by one.</summary>
internal sealed class OperationPoller(OdcClient client)
{
    // This many failures in a row count as an outage, and the rest is not tried.
    private const int EnoughFailures = 2;

    private readonly HashSet<OperationDescriptor> _listIsWorthless = [];

    /// <summary>Whether the wait continues after a failure: an operation that can't be read in an outage may still succeed.</summary>
    internal static bool Outlasts(OdcException e) => Retry.IsTransient(e) || e.Cause == OdcErrorCause.Throttled;

    private static bool IsNetwork(OdcException e) => e.Cause is OdcErrorCause.ConnectFailed or OdcErrorCause.DnsFailed or OdcErrorCause.ProxyRefused or OdcErrorCause.Timeout;

    /// <summary>Whether no operation can be read any more.</summary>
    internal static bool EndsSession(OdcException e) => !Outlasts(e) && (e is OdcSignInException || e.Cause.ConcernsSession());

    /// <summary>Lets the list of a kind be tried again, when more operations of the kind are added.</summary>
    internal void TryListOf(OperationDescriptor kind) => _listIsWorthless.Remove(kind);

    /// <summary>Polls operations of one kind that are due.</summary>
    /// <param name="waited">All operations that are waited for; updated with their new state.</param>
    /// <param name="due">The operations that are due.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancellationToken">Ends the poll.</param>
    /// <returns>The transient failure that kept some from being read; null if there was none.</returns>
    /// <exception cref="OdcException">The session is lost.</exception>
    internal async Task<OdcException?> PollAsync(WaitedOperations waited, IReadOnlyList<Waited> due, ICaller caller, CancellationToken cancellationToken)
    {
        var kind = due[0].Operation.Descriptor;
        // A list contains all of them, also those that are not due.
        var all = waited.All.Where(w => w.Operation.Descriptor.Equals(kind)).ToList();
        var open = due.ToList();
        OdcException? outage = null;
        var hasTriedList = false;
        if (all.Count > 1 && !_listIsWorthless.Contains(kind) && kind.List(client) is { } list)
        {
            try
            {
                var seen = await ReadListAsync(list, waited, all, caller, cancellationToken).ConfigureAwait(false);
                open.RemoveAll(seen.Contains);
            }
            catch (OdcException e) when (!EndsSession(e))
            {
                if (IsNetwork(e))
                {
                    foreach (var one in all)
                        waited.Replace(Polled(waited, one, one.Operation, reads: 1, wasUnread: true));
                    return e;
                }

                hasTriedList = Outlasts(e);
                _listIsWorthless.Add(kind);
                caller.Verbose($"The list can't be read, each {kind.Noun} is: {e.Message}");
            }
        }

        // An operation that could not be read last time comes last, so that it does not delay the others.
        var failures = 0;
        foreach (var one in open.OrderBy(w => w.WasUnread).ThenBy(w => w.TriedAt))
        {
            if (outage is not null && (IsNetwork(outage) || failures == EnoughFailures))
            {
                waited.Replace(Polled(waited, one, one.Operation, open.Count, wasUnread: true));
                continue;
            }

            try
            {
                waited.Replace(Tried(Polled(waited, one, await kind.ReadAsync(client, one.Operation, caller, cancellationToken).ConfigureAwait(false), open.Count)));
                failures = 0;
            }
            catch (OdcException e) when (Outlasts(e))
            {
                outage = e;
                failures++;
                // If single reads fail too, the list is not to blame and stays in use.
                if (hasTriedList)
                    _listIsWorthless.Remove(kind);
                waited.Replace(Tried(Polled(waited, one, one.Operation, open.Count, wasUnread: true)));
            }
            catch (OdcException e) when (!EndsSession(e))
            {
                waited.Replace(one with { Failure = e });
            }
        }

        return outage;
    }

    /// <summary>
    /// Reads pages of a list, newest first, while they are likely to contain several of the operations. After that, single reads are cheaper. It
    /// never reads the whole history.
    /// </summary>
    private async Task<HashSet<Waited>> ReadListAsync(IPagedList<ILongRunning> list, WaitedOperations waited, List<Waited> all, ICaller caller, CancellationToken cancellationToken)
    {
        var open = all.ToLookup(w => w.Operation.OperationKey ?? "", StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<Waited>();
        var (pages, barren) = (0, 0);
        await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            pages++;
            var before = seen.Count;
            foreach (var operation in page.Where(o => o.OperationKey is not null))
            {
                foreach (var one in open[operation.OperationKey!].Where(seen.Add))
                    waited.Replace(Polled(waited, one, one.Operation.Descriptor.Later(one.Operation, operation), reads: 1));
            }

            barren += seen.Count - before > 1 ? 0 : 1;
            if (pages >= seen.Count && barren > 0)
                _listIsWorthless.Add(all[0].Operation.Descriptor);
            if (all.Count - seen.Count <= 1 || barren > all.Count / 4)
                break;
        }

        return seen;
    }

    private Waited Tried(Waited waited) => waited with { TriedAt = client.Time.GetTimestamp() };

    private Waited Polled(WaitedOperations all, Waited waited, ILongRunning now, int reads, bool wasUnread = false)
    {
        // Reads take no more than half of the limit, which the lists of several stages share.
        var lists = now.Descriptor.IsScarce ? all.All.Select(w => w.Operation.Descriptor).Where(d => d.IsScarce).Distinct().Count() : 1;
        var forReads = TimeSpan.FromTicks(client.Polling.ForRead(now.Descriptor).Ticks * reads * lists);
        var pause = client.Polling.After(client.Time.GetElapsedTime(waited.AddedAt), now.Descriptor);
        var at = client.Time.GetTimestamp();
        return waited with
        {
            Operation = now,
            PolledAt = at,
            Pause = pause > forReads ? pause : forReads,
            MovedAt = string.Equals(now.Status, waited.Operation.Status, StringComparison.Ordinal) ? waited.MovedAt : at,
            WasUnread = wasUnread,
        };
    }
}

/// <summary>The operations that are waited for. Ctrl+C reads them on another thread, so each change replaces the whole list.</summary>
internal sealed class WaitedOperations
{
    private volatile IReadOnlyList<Waited> _all = [];

    internal IReadOnlyList<Waited> All => _all;

    internal void Add(Waited one) => _all = [.. _all, one];

    internal void Replace(Waited one) => _all = [.. _all.Select(w => w.Equals(one) ? one : w)];

    internal void Remove(IReadOnlyCollection<Waited> ended)
    {
        if (ended.Count > 0)
            _all = [.. _all.Except(ended)];
    }
}

/// <summary>The state of one operation that is waited for.</summary>
internal sealed record Waited(ILongRunning Operation, int Bar, long AddedAt)
{
    internal object? Owner { get; init; }

    internal long PolledAt { get; init; }

    internal TimeSpan Pause { get; init; }

    internal long MovedAt { get; init; }

    internal bool HasFirstStep { get; init; }

    internal string? Step { get; init; }

    internal bool HasStalled { get; init; }

    internal bool WasUnread { get; init; }

    /// <summary>The last time that it was read by itself, or an attempt was made.</summary>
    internal long TriedAt { get; init; }

    internal OdcException? Failure { get; init; }

    /// <summary>What the user was last asked to do.</summary>
    internal string? Asked { get; init; }

    // Compared by reference, because the same operation may be specified twice.
    public bool Equals(Waited? other) => other is not null && other.Bar == Bar;

    public override int GetHashCode() => Bar;
}

/// <summary>The pause between two polls of an operation: short at first, longer for an operation that takes longer.</summary>
internal sealed record PollPlan(TimeSpan Short, TimeSpan ShortFor, TimeSpan Long)
{
    /// <summary>The pauses that the service's guides recommend.</summary>
    internal static PollPlan Usual { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));

    /// <summary>The time that one read takes of the limit: 1.25 s each is half of 100 requests a minute, 12 s half of 10.</summary>
    internal TimeSpan ForRead(OperationDescriptor kind) => TimeSpan.FromTicks(kind.IsScarce ? Short.Ticks * 12 / 5 : Short.Ticks / 4);

    /// <summary>The pause for an operation of a kind: 5 s at first and 30 s later; 15 s, 30 s, and after five minutes 60 s, where the API allows few requests.</summary>
    /// <param name="elapsed">How long it has been waited for.</param>
    /// <param name="kind">The kind.</param>
    internal TimeSpan After(TimeSpan elapsed, OperationDescriptor kind)
    {
        if (!kind.IsScarce)
            return elapsed < ShortFor ? Short : Long;
        return TimeSpan.FromTicks(elapsed < ShortFor ? Short.Ticks * 3 : elapsed.Ticks < ShortFor.Ticks * 10 ? Long.Ticks : Long.Ticks * 2);
    }
}
