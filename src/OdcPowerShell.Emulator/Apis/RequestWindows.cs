using System.Diagnostics;

namespace OdcPowerShell.Emulator;

/// <summary>The sliding windows of a tenant: when the requests of the last minute came, per API and per limited operation.</summary>
internal sealed class RequestWindows
{
    private readonly Dictionary<object, Queue<long>> _windows = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _lock = new();

    /// <summary>Counts a request against its API and its operation, or against neither when one of them is full.</summary>
    public bool TryEnter(ApiDomain domain, EndpointLimit? endpoint, TimeSpan length)
    {
        lock (_lock)
        {
            var all = Current(domain, length);
            var own = endpoint is null ? null : Current(endpoint, length);
            if (all.Count >= domain.Requests || (own is not null && own.Count >= endpoint!.Requests))
                return false;
            var now = Stopwatch.GetTimestamp();
            all.Enqueue(now);
            own?.Enqueue(now);
            return true;
        }
    }

    private Queue<long> Current(object limit, TimeSpan length)
    {
        if (!_windows.TryGetValue(limit, out var window))
            _windows.Add(limit, window = new Queue<long>());
        while (window.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest) >= length)
            window.Dequeue();
        return window;
    }
}
