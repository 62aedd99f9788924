namespace OdcPowerShell.Http;

/// <summary>
/// One limit's sliding window. A request takes a place when it leaves and keeps it until a whole window after its answer came: the service
/// counts it from its arrival, which lies somewhere between. The caller specifies the moment, so that two questions of one decision get the same answer.
/// </summary>
internal sealed class RateWindow(string name, int limit, TimeSpan length, TimeProvider time)
{
    // Of the window's length: what left within it is in the service's window too, whichever of the two clocks is the faster.
    private const double Sure = 0.98;
    private readonly Queue<(long Left, long Came)> _answered = new();
    private int _underWay;
    private int _cap = limit;
    private int _proven = limit / 2;
    private long _capSetAt;
    private long _pausedAt;
    private TimeSpan _pause;

    internal string Name { get; } = name;

    internal int Limit { get; } = limit;

    internal TimeSpan Length { get; } = length;

    internal int UsedAt(long now) => _underWay + CountAnswered(now);

    /// <summary>Whether a request may leave that wants no more than this share of the limit.</summary>
    internal bool HasRoom(double share, long now)
    {
        if (PauseLeft(now) > TimeSpan.Zero)
            return false;
        var used = UsedAt(now);
        // Beyond what has gone well before, one at a time: another client of the organization may be using the same limit.
        return used < Allowed(share, now) && (used < _proven || _underWay == 0);
    }

    internal void Take() => _underWay++;

    /// <summary>The answer came to a request that left at a timestamp.</summary>
    internal void Answered(long left)
    {
        var now = time.GetTimestamp();
        _underWay--;
        _answered.Enqueue((left, now));
        _proven = Math.Max(_proven, CountSure(now));
        _cap = Math.Max(_cap, _proven);
    }

    /// <summary>The request never reached the service.</summary>
    internal void GiveBack() => _underWay--;

    /// <summary>
    /// The service answered 429: others use the limit too, or did so before. What has gone well is the cap for two windows; when nothing had been
    /// sent, nothing is known but that it must be tried one at a time.
    /// </summary>
    internal void Refused(TimeSpan? retryAfter, double jitter)
    {
        var now = time.GetTimestamp();
        _underWay--;
        var answered = CountAnswered(now);
        _proven = Math.Min(_proven, answered);
        _cap = answered > 0 ? Math.Max(1, _proven) : Limit;
        _capSetAt = _pausedAt = now;
        var untilRoom = answered > 0 ? UntilNextFree(now) : Length;
        _pause = retryAfter ?? untilRoom + TimeSpan.FromTicks((long)(Length.Ticks * 0.02 * jitter));
    }

    /// <summary>When there may be room, as far as can be known now; zero when it depends on an answer under way.</summary>
    internal TimeSpan UntilRoom(double share, long now)
    {
        var pause = PauseLeft(now);
        if (pause > TimeSpan.Zero)
            return pause;
        return UsedAt(now) >= Allowed(share, now) && CountAnswered(now) > 0 ? UntilNextFree(now) : TimeSpan.Zero;
    }

    private TimeSpan PauseLeft(long now) => _pause > TimeSpan.Zero ? _pause - time.GetElapsedTime(_pausedAt, now) : TimeSpan.Zero;

    private int Allowed(double share, long now)
    {
        if (time.GetElapsedTime(_capSetAt, now) >= Length + Length)
            _cap = Limit;
        return Math.Max(1, Math.Min(_cap, (int)(Limit * share)));
    }

    private TimeSpan UntilNextFree(long now) => Length - time.GetElapsedTime(_answered.Peek().Came, now);

    /// <summary>How many requests the service has surely let pass in one window of its own; a place is held for longer than it counts there.</summary>
    private int CountSure(long now)
    {
        var sure = TimeSpan.FromTicks((long)(Length.Ticks * Sure));
        return Math.Min(Limit, _answered.Count(a => time.GetElapsedTime(a.Left, now) < sure));
    }

    private int CountAnswered(long now)
    {
        while (_answered.Count > 0 && time.GetElapsedTime(_answered.Peek().Came, now) >= Length)
            _answered.Dequeue();
        return _answered.Count;
    }
}
