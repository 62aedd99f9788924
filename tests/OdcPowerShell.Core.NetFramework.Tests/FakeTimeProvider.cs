using System.Diagnostics;

namespace Microsoft.Extensions.Time.Testing;

/// <summary>Stands for the package's clock of the same name, over the TimeProvider that Core brings along for netstandard2.0.</summary>
internal class FakeTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly object _gate = new();
    private readonly List<(TimeSpan At, TaskCompletionSource<bool> Done)> _waits = [];
    private TimeSpan _now;

    public override DateTimeOffset GetUtcNow() => Start + Now;

    public override long GetTimestamp() => (long)(Now.Ticks * (Stopwatch.Frequency / (double)TimeSpan.TicksPerSecond));

    private TimeSpan Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>Lets time pass; what waits on it ends at its own moment, in order.</summary>
    internal void Advance(TimeSpan span)
    {
        var end = Now + span;
        while (Next(end) is { } due)
            due.TrySetResult(true);
    }

    internal override async Task Delay(TimeSpan span, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<bool>();
        lock (_gate)
            _waits.Add((_now + span, done));
        using (cancellationToken.Register(() => done.TrySetCanceled()))
            await done.Task.ConfigureAwait(false);
    }

    private TaskCompletionSource<bool>? Next(TimeSpan end)
    {
        lock (_gate)
        {
            var due = _waits.Where(w => w.At <= end).OrderBy(w => w.At).FirstOrDefault();
            _now = due.Done is null ? end : due.At > _now ? due.At : _now;
            _waits.Remove(due);
            return due.Done;
        }
    }
}
