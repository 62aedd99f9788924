namespace OdcPowerShell.Emulator;

/// <summary>When the requests under one limit came. Not thread-safe.</summary>
internal sealed class SlidingWindow
{
    // Sorted: a request that was delayed on its way may be counted after a later one.
    private readonly List<TimeSpan> _arrivals = [];

    /// <summary>How many requests count at a moment: those of the given length before it, its beginning left out.</summary>
    public int CountAt(TimeSpan moment, TimeSpan length)
    {
        var counted = _arrivals.Count - EndOf(moment - length);
        // A minute more stays for delayed requests, and only a large part is worth the moving.
        var stale = EndOf(moment - length - TimeSpan.FromMinutes(1));
        if (stale > _arrivals.Count / 2)
            _arrivals.RemoveRange(0, stale);
        return counted;
    }

    public void Add(TimeSpan arrival) => _arrivals.Insert(EndOf(arrival), arrival);

    // The place behind all arrivals up to and including the moment.
    private int EndOf(TimeSpan moment)
    {
        var (low, high) = (0, _arrivals.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _arrivals[middle] <= moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
