using System.Globalization;

namespace OdcPowerShell.Http;

/// <summary>Shows how far a transfer is, a few times a second.</summary>
internal sealed class TransferProgress(string activity, long? total, ICaller caller, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly long _startedAt = time.GetTimestamp();
    private long _toldAt;
    private bool _hasTold;

    /// <summary>How many bytes there are, as soon as that is known.</summary>
    internal long? Total { get; set; } = total;

    internal void Report(long bytes)
    {
        if (_hasTold && time.GetElapsedTime(_toldAt) < Pause)
            return;
        (_toldAt, _hasTold) = (time.GetTimestamp(), true);
        caller.Progress(new CallerProgress(activity, Left(bytes), Total is { } all ? $"{Size.Of(bytes)} of {Size.Of(all)}" : Size.Of(bytes)));
    }

    public void Dispose()
    {
        if (_hasTold)
            caller.Progress(new CallerProgress(activity, Left: null));
    }

    private TimeSpan? Left(long bytes) => Total is { } all && bytes > 0
        ? TimeSpan.FromTicks((long)(time.GetElapsedTime(_startedAt).Ticks * ((double)(all - bytes) / bytes)))
        : null;
}

/// <summary>Numbers of bytes as people read them.</summary>
internal static class Size
{
    private const double Mega = 1024 * 1024;

    internal static string Of(long bytes) => bytes < Mega
        ? string.Format(CultureInfo.InvariantCulture, "{0:N0} bytes", bytes)
        : string.Format(CultureInfo.InvariantCulture, "{0:N1} MB", bytes / Mega);
}
