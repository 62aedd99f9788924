namespace OdcPowerShell.Http;

/// <summary>How long the service asks to wait, in seconds or as a date.</summary>
internal static class RetryAfter
{
    // Of a longer wait, this much is waited before the next try.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Null when it says nothing, or that there is nothing to wait for, of which it has just said the contrary.</summary>
    internal static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        // A date is one of the service's clock, which may differ from this machine's.
        var wait = header?.Delta ?? (header?.Date is { } date ? date - (response.Headers.Date ?? time.GetUtcNow()) : null);
        return wait is { Ticks: > 0 } asked ? TimeSpan.FromTicks(Math.Min(asked.Ticks, Longest.Ticks)) : null;
    }
}

/// <summary>Spreads waits, so that clients that failed together do not come back together.</summary>
internal static class Jitter
{
    /// <summary>From 0 to 1.</summary>
    internal static double Next() => (Guid.NewGuid().GetHashCode() & 0xFFFF) / 65535.0;
}
