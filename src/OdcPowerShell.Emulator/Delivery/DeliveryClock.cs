using System.Diagnostics;

namespace OdcPowerShell.Emulator;

/// <summary>The one clock of everything that takes time; nobody sets it back, a test may run ahead.</summary>
internal sealed class DeliveryClock
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly long _startTicks = Stopwatch.GetTimestamp();
    private long _skipped;

    public DateTimeOffset Now => _start + Stopwatch.GetElapsedTime(_startTicks) + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

    public void Skip(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Interlocked.Add(ref _skipped, time.Ticks);
    }
}
