using System.Runtime.InteropServices;

namespace OdcPowerShell.Http;

/// <summary>A place in a window: of which process, when its request was sent, and when the answer came, if it has.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RatePlace(long Process, TimeSpan Sent, TimeSpan? Answered);

/// <summary>Another process of this machine: when it was seen last, and whether it waits for the limit.</summary>
internal sealed record RateProcess(long Process, TimeSpan Seen, bool IsWaiting);

/// <summary>What is known of one limit. Moments are those of the machine's clock since it was started, which is the same for all its processes and can't be set.</summary>
internal sealed class WindowState(int limit)
{
    // After so many windows it is not known any more whether others still use the limit.
    internal const int Memory = 10;

    // Within this part of a window, five seconds of the service's minute, a request that was sent is connected and arrives: one twelfth.
    internal const int Arrival = 12;

    internal List<RatePlace> Places { get; } = [];

    internal List<RateProcess> Others { get; } = [];

    /// <summary>How many requests in a window have gone well.</summary>
    internal int Proven { get; set; } = limit / 2;

    internal Refusal? Refusal { get; set; }

    internal TimeSpan PauseLeft(TimeSpan now) => Refusal is { } refusal ? refusal.At + refusal.Pause - now : TimeSpan.Zero;

    /// <summary>
    /// When a place is free; null while its request is under way in this process. That of a process which is seen no more is free like one that was
    /// answered then, or a moment after it was sent: it may have been killed while the request had yet to arrive.
    /// </summary>
    internal TimeSpan? FreeAt(RatePlace place, long own, TimeSpan length)
    {
        if (place.Answered is { } answered)
            return answered + length;
        if (place.Process == own)
            return null;
        var (arrived, seen) = (place.Sent + TimeSpan.FromTicks(length.Ticks / Arrival), Others.Find(o => o.Process == place.Process)?.Seen);
        return (seen > arrived ? seen.Value : arrived) + length;
    }

    /// <summary>Forgets what is over. A moment that is still to come is one of before a restart of the machine: it counts as now.</summary>
    internal void Tidy(long own, TimeSpan length, TimeSpan now)
    {
        for (var i = 0; i < Others.Count; i++)
        {
            if (Others[i].Seen > now)
                Others[i] = Others[i] with { Seen = now };
        }

        for (var i = 0; i < Places.Count; i++)
        {
            // Its own process looks for a request that is under way by the moment when it was sent.
            if (Places[i].Answered > now || (Places[i].Sent > now && Places[i].Process != own))
                Places[i] = Places[i] with { Sent = now, Answered = Places[i].Answered is null ? null : now };
        }

        if (Refusal?.At > now)
            Refusal = Refusal with { At = now };
        Places.RemoveAll(p => FreeAt(p, own, length) <= now);
        // One that waits for long has nothing to write meanwhile.
        Others.RemoveAll(o => now - o.Seen >= (o.IsWaiting ? TimeSpan.FromTicks(length.Ticks * Memory) : length));
    }

    internal void StopWaiting(long process)
    {
        var found = Others.FindIndex(o => o.Process == process);
        if (found >= 0)
            Others[found] = Others[found] with { IsWaiting = false };
    }

    /// <summary>Writes this process into the list of processes.</summary>
    internal void Sign(long own, bool isWaiting, TimeSpan now)
    {
        Others.RemoveAll(o => o.Process == own);
        if (isWaiting || Places.Exists(p => p.Process == own))
            Others.Add(new RateProcess(own, now, isWaiting));
    }

    /// <summary>Takes over what the processes have written, and keeps what this process knows of its own requests.</summary>
    internal void Merge(WindowState written, TimeSpan? writtenAt, long own, TimeSpan length, TimeSpan now)
    {
        var ours = Places.FindAll(p => p.Process == own);
        Places.Clear();
        Places.AddRange(written.Places.Where(p => p.Process != own));
        Places.AddRange(ours);
        Others.Clear();
        Others.AddRange(written.Others.Where(o => o.Process != own));
        if (now - writtenAt > TimeSpan.FromTicks(length.Ticks * Memory))
            return;
        var (here, there) = (Refusal?.At, written.Refusal?.At);
        if (here == there)
            Proven = Math.Max(Proven, written.Proven);
        if (here == there || here > there || there is null)
            return;
        (Refusal, Proven) = (written.Refusal!.Within(length), written.Proven);
    }
}

/// <summary>That the service has answered 429 although this machine had room: what it let pass, and how long to keep to that.</summary>
/// <param name="At">When it was.</param>
/// <param name="Pause">How long nothing is sent.</param>
/// <param name="Lasts">How long the cap applies from then on.</param>
/// <param name="Passed">How many requests of this machine the service had let pass in the window.</param>
/// <param name="Known">How much of the limit others used when it happened before; below zero when that is not known.</param>
internal sealed record Refusal(TimeSpan At, TimeSpan Pause, TimeSpan Lasts, int Passed, int Known)
{
    // For so many windows at most a cap applies.
    private const int MostWindows = 4;

    /// <summary>The rejection of a request that was sent at a moment, after another one.</summary>
    internal static Refusal After(Refusal? last, TimeSpan sent, int passed, TimeSpan pause, int limit, TimeSpan length, TimeSpan now)
    {
        // It was sent before the last rejection came, which stands for both.
        if (last is not null && sent <= last.At)
            return now + pause > last.At + last.Pause ? last with { Pause = now + pause - last.At } : last;
        var isKnown = last is { Passed: > 0 } && now - last.At < TimeSpan.FromTicks(length.Ticks * WindowState.Memory);
        var refusal = new Refusal(now, pause, length + length, passed, isKnown ? limit - last!.Passed : -limit);
        var isSteady = isKnown && refusal.Cap(limit) == passed;
        // The same again: it is asked less often, so that the other client is not disturbed.
        return isSteady ? refusal with { Lasts = TimeSpan.FromTicks(Math.Min(last!.Lasts.Ticks * 2, length.Ticks * MostWindows)) } : refusal;
    }

    /// <summary>No longer than a process that heard it itself would keep to it: what is in a file may be wrong.</summary>
    internal Refusal Within(TimeSpan length) =>
        this with { Pause = Pause < RetryAfter.Longest ? Pause : RetryAfter.Longest, Lasts = TimeSpan.FromTicks(Math.Min(Lasts.Ticks, MostWindows * length.Ticks)) };

    /// <summary>
    /// How many requests may be sent in a window. When others use more than was known, half of the limit is left to them, and how much of it they take
    /// is seen when that time is over. When they take no more than before, what has gone well is the cap. When nothing had been sent, nothing is
    /// known but that it must be tried one at a time.
    /// </summary>
    internal int Cap(int limit)
    {
        if (Passed == 0)
            return limit;
        var others = limit - Passed;
        return Passed > limit / 2 && others > Math.Max(0, Known + (limit / 20)) ? Math.Max(1, limit / 2) : Passed;
    }
}
