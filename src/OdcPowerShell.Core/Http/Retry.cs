namespace OdcPowerShell.Http;

/// <summary>
/// Repeats what may be repeated: safe requests when the exchange or its answer failed, and any request that was rejected before anything was
/// done. A write whose answer was lost is never repeated; it ends in an error that says so.
/// </summary>
internal sealed class Retry(int maximumRetries, TimeSpan firstPause, TimeProvider time)
{
    private const string Activity = "Trying a failed request again";

    // A throttled request was not executed; others may use the limit for a while, but not for ever.
    private const int MaximumThrottled = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    // A request that times out each time is not tried five times.
    private static readonly TimeSpan LongestEffort = TimeSpan.FromMinutes(2);

    internal async Task<T> RunAsync<T>(ApiRequest request, Func<Task<T>> attempt, ICaller caller, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (int retries = 0, throttled = 0; ;)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (OdcException e) when (e.Cause == OdcErrorCause.Throttled && throttled < MaximumThrottled && caller is not HurriedCaller)
            {
                // The budget delays the next attempt until there may be room.
                throttled++;
                caller.Verbose($"{request.Method} {request.Shown} was rejected by the rate limit; it is sent again ({throttled} of {MaximumThrottled}).");
                if (RateLimits.For(request.Method, request.Path).Count == 0)
                    await PauseAsync(throttled, (e as OdcApiException)?.RetryAfter, cancellationToken).ConfigureAwait(false);
            }
            catch (OdcException e) when (retries < maximumRetries && MayRepeat(e, request) && caller is not HurriedCaller && time.GetElapsedTime(began) < LongestEffort)
            {
                retries++;
                caller.Verbose($"{request.Method} {request.Shown} failed and is sent again ({retries} of {maximumRetries}): {e.Message}");
                caller.Progress(new CallerProgress(Activity, Left: null, $"{request.Method} {request.Shown}: try {retries + 1} of {maximumRetries + 1}"));
                await PauseAsync(retries, asked: null, cancellationToken).ConfigureAwait(false);
                caller.Progress(new CallerProgress(Activity, Left: null));
            }
            catch (OdcException e) when (!request.IsSafe && LostItsAnswer(e))
            {
                throw new OdcException(
                    OdcErrorCause.OutcomeUnknown,
                    $"{request.Method} {request.Shown} was sent, but its answer did not come: it may have been done or not. {e.Message}",
                    "Read the object to see whether the change was made, before you send it again. It was not repeated.", e);
            }
            catch (OdcException e) when (retries > 0)
            {
                e.Note(FormattableString.Invariant($"It was tried {retries + 1} times in {time.GetElapsedTime(began).TotalSeconds:0} seconds."));
                throw;
            }
        }
    }

    private static bool MayRepeat(OdcException e, ApiRequest request) =>
        (e.WasNotSent || request.IsSafe) && IsTransient(e);

    /// <summary>Whether the reason of a failure may be gone at the next attempt.</summary>
    internal static bool IsTransient(OdcException e) => e.Cause is
        OdcErrorCause.ConnectFailed or OdcErrorCause.DnsFailed or OdcErrorCause.Timeout or OdcErrorCause.Unavailable
        || IsBrokenProxy(e)
        || e is OdcApiException { Cause: OdcErrorCause.UnexpectedResponse, StatusCode: >= 200 and < 300 };

    // One that answers that it wants a sign-in let nothing through, and will not another time.
    private static bool IsBrokenProxy(OdcException e) => e is { Cause: OdcErrorCause.ProxyRefused } and not OdcApiException;

    // A gateway's own errors do not show what the service behind it did.
    private static bool LostItsAnswer(OdcException e) =>
        !e.WasNotSent && (e.Cause is OdcErrorCause.ConnectFailed or OdcErrorCause.Timeout || IsBrokenProxy(e)
            || e is { Cause: OdcErrorCause.UnexpectedResponse } and not OdcApiException
            || e is OdcApiException { StatusCode: 408 or 502 or 504 });

    /// <summary>Waits before a repetition, longer each time unless the service asked for a time.</summary>
    internal Task PauseAsync(int count, TimeSpan? asked, CancellationToken cancellationToken)
    {
        var pause = Math.Min(firstPause.Ticks * Math.Pow(2, count - 1), LongestPause.Ticks);
        return time.DelayAsync(asked ?? TimeSpan.FromTicks((long)(pause * (0.5 + (Jitter.Next() / 2)))), cancellationToken);
    }
}

/// <summary>How long the service asks to wait, in seconds or as a date.</summary>
internal static class RetryAfter
{
    // Of a longer wait, this much is waited before the next try.
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Null where the header is missing, or says zero although the service has just answered 429.</summary>
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

/// <summary>Waits on the connection's clock, so that tests need not wait on the wall's.</summary>
internal static class Clock
{
    /// <summary>The moment since the machine was started, which is the same for all its processes and can't be set.</summary>
    internal static TimeSpan Now(this TimeProvider time)
    {
        var (stamp, frequency) = (time.GetTimestamp(), time.TimestampFrequency);
        // As numbers, a stamp has too many digits for a double.
        return TimeSpan.FromTicks(frequency % TimeSpan.TicksPerSecond == 0 ? stamp / (frequency / TimeSpan.TicksPerSecond) : (long)(stamp * (TimeSpan.TicksPerSecond / (decimal)frequency)));
    }

    internal static Task DelayAsync(this TimeProvider time, TimeSpan span, CancellationToken cancellationToken)
    {
        if (span <= TimeSpan.Zero)
            return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
#if NETSTANDARD2_0
        return time.Delay(span, cancellationToken);
#else
        return Task.Delay(span, time, cancellationToken);
#endif
    }
}
