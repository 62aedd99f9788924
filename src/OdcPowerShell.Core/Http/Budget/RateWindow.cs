namespace OdcPowerShell.Http;

/// <summary>
/// One limit's sliding window. A request takes a place when it is sent and keeps it until a whole window after its answer came: the service
/// counts it from its arrival, which lies somewhere between. Where processes share the limit, the window is read from their file by
/// <see cref="Open"/> and written by <see cref="Close"/>; all else happens between the two, under the budget's gate. The caller specifies the
/// moment, so that two questions of one decision get the same answer.
/// </summary>
internal sealed class RateWindow(RateLimit limit, TimeSpan length, LimitFile? file)
{
    // Of the window's length: what was sent within it is in the service's window too, whichever of the two clocks is the faster.
    private const double Sure = 0.98;

    // The part of a limit by which a process may be ahead of another that waits, one twentieth: turns are not taken one by one.
    private const int Ahead = 20;
    private readonly long _own = file?.Process ?? 1;
    private readonly WindowState _state = new(limit.PerMinute);
    private readonly TimeSpan _patience = Between(length, 40, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(250));
    private readonly TimeSpan _poll = Between(length, 400, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100));
    private TimeSpan? _yieldsSince;

    internal string Name => limit.Name;

    internal int Limit => limit.PerMinute;

    /// <summary>Whether a request of this process waits for nothing but this window: then others let it go first if it has had less.</summary>
    internal bool IsWaiting { get; set; }

    /// <summary>Whether the window is as its file says, as this process remembers it, or can't be known now.</summary>
    internal LimitAccess Open(TimeSpan now, bool toRead = false)
    {
        var access = file?.Open(_state, now, toRead) ?? LimitAccess.Alone;
        if (access != LimitAccess.Busy)
            _state.Tidy(_own, length, now);
        return access;
    }

    internal void Close(TimeSpan now)
    {
        if (file is null)
            return;
        _state.Sign(_own, IsWaiting, now);
        file.Save(_state, now);
    }

    /// <summary>Closes the file as it was.</summary>
    internal void Release() => file?.Release();

    internal int Used => _state.Places.Count;

    internal int UsedByOthers => _state.Places.Count(p => p.Process != _own);

    private int UsedHere => Used - UsedByOthers;

    /// <summary>Whether a request may leave that wants no more than this share of the limit.</summary>
    internal bool HasRoom(double share, TimeSpan now) =>
        _state.PauseLeft(now) <= TimeSpan.Zero && Used < Allowed(now) && UsedHere < ShareOf(share)
        // Beyond what has gone well before, one at a time: another client of the organization may be using the same limit.
        && (Used < _state.Proven || !_state.Places.Exists(p => p.Answered is null));

    /// <summary>Whether the share, and not the limit, is what a request waits for.</summary>
    internal bool IsShareSpent(double share) => UsedHere >= ShareOf(share);

    /// <summary>Whether another process waits that has had clearly less. One that does not come for its place within moments has ended, and loses its turn.</summary>
    internal bool Yields(TimeSpan now)
    {
        var first = _state.Others.FindAll(o => o.IsWaiting && UsedBy(o.Process) + Math.Max(1, Limit / Ahead) < UsedHere);
        if (first.Count == 0)
        {
            _yieldsSince = null;
            return false;
        }

        _yieldsSince ??= now;
        if (first.Exists(o => now - Later(o.Seen, _yieldsSince.Value) < _patience))
            return true;
        foreach (var late in first)
            _state.StopWaiting(late.Process);
        _yieldsSince = null;
        return false;
    }

    internal void Take(TimeSpan now) => _state.Places.Add(new RatePlace(_own, now, Answered: null));

    /// <summary>The answer came to a request that was sent at a moment.</summary>
    internal void Answered(TimeSpan sent, TimeSpan now)
    {
        GiveBack(sent);
        _state.Places.Add(new RatePlace(_own, sent, now));
        var sure = CountSure(now);
        // What was under way when another was rejected, and was accepted, counts with what was accepted before.
        if (_state.Refusal is { Passed: > 0 } refusal && sent <= refusal.At && sure > refusal.Passed)
            _state.Refusal = refusal with { Passed = sure };
        _state.Proven = Math.Max(_state.Proven, Math.Min(sure, Allowed(now)));
    }

    /// <summary>The request never reached the service.</summary>
    internal void GiveBack(TimeSpan sent)
    {
        var place = _state.Places.FindIndex(p => p.Process == _own && p.Sent == sent && p.Answered is null);
        if (place >= 0)
            _state.Places.RemoveAt(place);
    }

    /// <summary>The service answered 429: clients that don't share this budget use the limit too, or did so before.</summary>
    internal void Refused(TimeSpan sent, TimeSpan? retryAfter, double jitter, TimeSpan now)
    {
        GiveBack(sent);
        // A place is held for longer than the service counts it: only what went well within one window of the service's is sure.
        var passed = Math.Min(CountAnswered(), _state.Proven);
        var untilRoom = passed > 0 ? FirstFree(_ => true, now) ?? length : length;
        var pause = retryAfter ?? untilRoom + TimeSpan.FromTicks((long)(length.Ticks * 0.02 * jitter));
        _state.Refusal = Refusal.After(_state.Refusal, sent, passed, pause, Limit, length, now);
        _state.Proven = Math.Min(_state.Proven, passed == 0 ? 0 : _state.Refusal.Cap(Limit));
    }

    /// <summary>When there may be room, as far as can be known now; zero when it depends on an answer under way in this process.</summary>
    internal TimeSpan UntilRoom(double share, TimeSpan now)
    {
        var pause = _state.PauseLeft(now);
        if (pause > TimeSpan.Zero)
            return pause;
        if (UsedHere >= ShareOf(share))
            return FirstFree(p => p.Process == _own, now) ?? TimeSpan.Zero;
        if (Used >= Allowed(now))
        {
            var free = FirstFree(_ => true, now) ?? TimeSpan.Zero;
            var end = _state.Refusal is { } refusal && Allowed(now) < Limit ? refusal.At + refusal.Lasts - now : free;
            return end < free ? end : free;
        }

        // Nothing in this process happens when another process gets its answer, or takes its turn.
        var waitsForOthers = _yieldsSince is not null || (Used >= _state.Proven && _state.Places.Exists(p => p.Process != _own && p.Answered is null));
        return waitsForOthers ? _poll : TimeSpan.Zero;
    }

    private int Allowed(TimeSpan now) => _state.Refusal is { } refusal && now - refusal.At < refusal.Lasts ? refusal.Cap(Limit) : Limit;

    private int ShareOf(double share) => Math.Max(1, (int)(Limit * share));

    private int UsedBy(long process) => _state.Places.Count(p => p.Process == process);

    private int CountAnswered() => _state.Places.Count(p => p.Answered is not null);

    /// <summary>How many requests the service has surely let pass in one window of its own; a place is held for longer than it counts there.</summary>
    private int CountSure(TimeSpan now)
    {
        var sure = TimeSpan.FromTicks((long)(length.Ticks * Sure));
        return Math.Min(Limit, _state.Places.Count(p => p.Answered is not null && now - p.Sent < sure));
    }

    /// <summary>How long until the first of these places is free, where time alone frees one.</summary>
    private TimeSpan? FirstFree(Predicate<RatePlace> which, TimeSpan now)
    {
        TimeSpan? first = null;
        foreach (var place in _state.Places)
        {
            if (which(place) && _state.FreeAt(place, _own, length) is { } at && !(first <= at - now))
                first = at - now;
        }

        return first;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Between(TimeSpan length, int part, TimeSpan least, TimeSpan most)
    {
        var span = TimeSpan.FromTicks(length.Ticks / part);
        return span < least ? least : span > most ? most : span;
    }
}
