namespace OdcPowerShell.Http;

/// <summary>Waits on the connection's clock, so that tests need not wait on the wall's.</summary>
internal static class Clock
{
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
