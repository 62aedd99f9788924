using System.Collections.ObjectModel;

namespace OdcPowerShell.Emulator;

/// <summary>
/// A request to the tenant. Its status is 0 when it was reset before it was read, 499 when the caller left before the answer. The bodies of
/// token requests are left out, because they contain secrets.
/// </summary>
public sealed record RecordedRequest(
    string Method, string PathAndQuery, string? ClientId, int Status, DateTimeOffset At, bool HasAuthorization, string? Body)
{
    /// <summary>The place among the tenant's requests by arrival; it grows even after <see cref="EmulatorStatistics.Clear"/>.</summary>
    public long Number { get; init; }
    /// <summary>What the emulator did to the request on purpose.</summary>
    public Fault? Fault { get; init; }
    public string Path => PathAndQuery.Split('?')[0];
}

/// <summary>Recorded requests in the order of their answers.</summary>
public sealed class RecordedRequests : ReadOnlyCollection<RecordedRequest>
{
    internal RecordedRequests(IEnumerable<RecordedRequest> requests)
        : base([.. requests])
    {
    }

    /// <summary>Those of one "METHOD path"; none when there were none.</summary>
    public RecordedRequests this[string methodAndPath] => new(this.Where(
        request => string.Equals($"{request.Method} {request.Path}", methodAndPath, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>The requests to a tenant since its start or the last <see cref="Clear"/>.</summary>
public sealed class EmulatorStatistics
{
    private readonly Lock _lock = new();
    private readonly List<(RecordedRequest Request, bool IsToken)> _requests = [];
    private long _lastNumber;

    /// <summary>The times of the token requests, successful or not.</summary>
    public IReadOnlyList<DateTimeOffset> TokenRequests => [.. Copy().Where(entry => entry.IsToken).Select(entry => entry.Request.At)];

    /// <summary>All requests on all ports, those to the control API left out.</summary>
    public RecordedRequests Requests => new(Copy().Select(entry => entry.Request));

    public int Count429 => Copy().Count(entry => entry.Request.Status == StatusCodes.Status429TooManyRequests);

    public void Clear()
    {
        lock (_lock)
            _requests.Clear();
    }

    internal long NextNumber() => Interlocked.Increment(ref _lastNumber);

    internal void Add(RecordedRequest request, bool isTokenRequest)
    {
        lock (_lock)
            _requests.Add((request, isTokenRequest));
    }

    private (RecordedRequest Request, bool IsToken)[] Copy()
    {
        lock (_lock)
            return [.. _requests];
    }
}
