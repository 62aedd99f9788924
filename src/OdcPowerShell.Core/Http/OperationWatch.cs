namespace OdcPowerShell.Http;

/// <summary>Looks at operations until they end: at all that are under way together, so that many cost no more looks than a few.</summary>
internal sealed class OperationWatch<T>(OdcClient client, OperationKind<T> kind, TimeSpan timeout)
    where T : class, ILongRunning
{
    internal const string Activity = "Waiting for operations";
    private readonly List<(T Operation, long StartedAt)> _underWay = [];
    private readonly Dictionary<T, OdcException> _unread = [];

    /// <summary>Reads operations again; those that it leaves out are as they were. One that can't be read by itself is told, and no other suffers for it.</summary>
    internal delegate Task<IReadOnlyList<T>> Look(IReadOnlyList<T> operations, Action<T, OdcException> unread, ICaller caller, CancellationToken cancellationToken);

    internal OperationKind<T> Kind => kind;

    internal IEnumerable<T> UnderWay => _underWay.Select(u => u.Operation);

    internal void Add(T operation) => _underWay.Add((operation, client.Time.GetTimestamp()));

    /// <summary>Why an operation is waited for no longer, when it could not be read.</summary>
    internal OdcException? WhyUnread(T operation) => _unread.TryGetValue(operation, out var e) ? e : null;

    /// <summary>Waits until operations have ended, have taken too long, or can't be read; none when none is under way.</summary>
    internal async Task<IReadOnlyList<T>> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        for (var ended = Take(); ; ended = Take())
        {
            if (ended.Count > 0 || _underWay.Count == 0)
                return ended;
            Tell(caller);
            await client.Time.DelayAsync(_underWay.Min(NextLook), cancellationToken).ConfigureAwait(false);
            var seen = await kind.Look([.. UnderWay], (operation, e) => _unread[operation] = e, caller, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < seen.Count; i++)
                Replace(kind.IsInOrder ? i : Find(seen[i]), seen[i]);
        }
    }

    private TimeSpan NextLook((T Operation, long StartedAt) underWay)
    {
        var passed = client.Time.GetElapsedTime(underWay.StartedAt);
        var (pause, left) = (client.Polling.After(passed), timeout - passed);
        return left < pause ? left : pause;
    }

    private List<T> Take()
    {
        var ended = _underWay.Where(u => u.Operation.IsTerminal || _unread.ContainsKey(u.Operation) || client.Time.GetElapsedTime(u.StartedAt) >= timeout).ToList();
        _underWay.RemoveAll(ended.Contains);
        return ended.ConvertAll(u => u.Operation);
    }

    private int Find(T operation) => _underWay.FindIndex(u => string.Equals(u.Operation.OperationKey, operation.OperationKey, StringComparison.OrdinalIgnoreCase));

    private void Replace(int i, T operation)
    {
        if (i < 0 || ReferenceEquals(_underWay[i].Operation, operation))
            return;
        kind.Carry?.Invoke(_underWay[i].Operation, operation);
        _underWay[i] = (operation, _underWay[i].StartedAt);
    }

    private void Tell(ICaller caller)
    {
        var longest = _underWay.Max(u => client.Time.GetElapsedTime(u.StartedAt));
        var states = _underWay.GroupBy(u => u.Operation.Status ?? "Unknown", StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}");
        caller.Progress(new CallerProgress(Activity, Left: null, FormattableString.Invariant($"{string.Join(", ", states)}, for {longest.TotalSeconds:0} s")));
    }
}
