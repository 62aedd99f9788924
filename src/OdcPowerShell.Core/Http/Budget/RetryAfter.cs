namespace OdcPowerShell.Http;

/// <summary>How long the service asks to wait, in seconds or as a date.</summary>
internal static class RetryAfter
{
    // A service that asks for more is not waited for.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    internal static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is { } asked ? TimeSpan.FromTicks(Math.Max(0, Math.Min(asked.Ticks, Longest.Ticks))) : null;
    }
}

/// <summary>Spreads waits, so that clients that failed together do not come back together.</summary>
internal static class Jitter
{
    /// <summary>From 0 to 1.</summary>
    internal static double Next() => (Guid.NewGuid().GetHashCode() & 0xFFFF) / 65535.0;
}
