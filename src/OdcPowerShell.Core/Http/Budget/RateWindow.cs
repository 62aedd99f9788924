namespace OdcPowerShell.Http;

/// <summary>
/// One limit's sliding window. A request takes a place when it leaves and holds it until a whole window after its answer came: the service
/// counts it from its arrival, which lies somewhere between.
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

    internal int Used => _underWay + CountAnswered();

    /// <summary>Whether a request may leave that wants no more than this share of the limit.</summary>
    internal bool HasRoom(double share)
    {
        if (PauseLeft > TimeSpan.Zero)
            return false;
        var used = Used;
        // Beyond what has gone well before, one at a time: another client of the organization may be using the same limit.
        return used < Allowed(share) && (used < _proven || _underWay == 0);
    }

    internal void Take() => _underWay++;

    /// <summary>The answer came to a request that left at a timestamp.</summary>
    internal void Answered(long left)
    {
        _underWay--;
        _answered.Enqueue((left, time.GetTimestamp()));
        _proven = Math.Max(_proven, CountSure());
        _cap = Math.Max(_cap, _proven);
    }

    /// <summary>The request never reached the service.</summary>
    internal void GiveBack() => _underWay--;

    /// <summary>The service refused: others use the limit too. What has gone well is the new cap, which rises again with each quiet window.</summary>
    internal void Refused(TimeSpan? retryAfter, double jitter)
    {
        _underWay--;
        _cap = _proven = Math.Max(1, Math.Min(_proven, CountAnswered()));
        _capSetAt = time.GetTimestamp();
        var untilRoom = CountAnswered() > 0 ? UntilNextFree() : Length;
        _pausedAt = time.GetTimestamp();
        _pause = retryAfter ?? untilRoom + TimeSpan.FromTicks((long)(Length.Ticks * 0.02 * jitter));
    }

    /// <summary>When there may be room, as far as can be known now; zero when it depends on an answer under way.</summary>
    internal TimeSpan UntilRoom(double share)
    {
        var pause = PauseLeft;
        if (pause > TimeSpan.Zero)
            return pause;
        return Used >= Allowed(share) && CountAnswered() > 0 ? UntilNextFree() : TimeSpan.Zero;
    }

    private TimeSpan PauseLeft => _pause > TimeSpan.Zero ? _pause - time.GetElapsedTime(_pausedAt) : TimeSpan.Zero;

    private int Allowed(double share)
    {
        if (_cap < Limit && time.GetElapsedTime(_capSetAt) >= Length + Length)
        {
            _cap = Math.Min(Limit, _cap + Math.Max(1, Limit / 10));
            _capSetAt = time.GetTimestamp();
        }

        return Math.Max(1, Math.Min(_cap, (int)(Limit * share)));
    }

    private TimeSpan UntilNextFree() => Length - time.GetElapsedTime(_answered.Peek().Came);

    /// <summary>How many requests the service has surely let pass in one window of its own; a place is held for longer than it counts there.</summary>
    private int CountSure()
    {
        var sure = TimeSpan.FromTicks((long)(Length.Ticks * Sure));
        return Math.Min(Limit, _answered.Count(a => time.GetElapsedTime(a.Left) < sure));
    }

    private int CountAnswered()
    {
        while (_answered.Count > 0 && time.GetElapsedTime(_answered.Peek().Came) >= Length)
            _answered.Dequeue();
        return _answered.Count;
    }
}
