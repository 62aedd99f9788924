using System.Collections;

namespace OdcPowerShell.Emulator;

/// <summary>
/// A request the tenant has answered, or not: its status is 0 when it was reset unheard, 499 when the caller left first. The bodies
/// of token requests are left out, they hold secrets.
/// </summary>
public sealed record RecordedRequest(
    string Method, string PathAndQuery, string? ClientId, int Status, DateTimeOffset At, bool HasAuthorization, string? Body)
{
    /// <summary>The place among the tenant's requests by arrival; it grows even over <see cref="EmulatorStatistics.Clear"/>.</summary>
    public long Number { get; init; }
    /// <summary>What the emulator did to the request on purpose; null when it was answered as it should.</summary>
    public Fault? Fault { get; init; }
    public string Path => PathAndQuery.Split('?')[0];
}

/// <summary>Recorded requests in the order of their answers.</summary>
public sealed class RecordedRequests : IReadOnlyList<RecordedRequest>
{
    private readonly RecordedRequest[] _requests;

    internal RecordedRequests(RecordedRequest[] requests) => _requests = requests;

    public int Count => _requests.Length;

    public RecordedRequest this[int index] => _requests[index];

    /// <summary>Those of one "METHOD path"; none when there were none.</summary>
    public RecordedRequests this[string methodAndPath] => new(Array.FindAll(
        _requests, request => string.Equals($"{request.Method} {request.Path}", methodAndPath, StringComparison.OrdinalIgnoreCase)));

    public IEnumerator<RecordedRequest> GetEnumerator() => _requests.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>What a tenant was asked for since its start or the last <see cref="Clear"/>.</summary>
public sealed class EmulatorStatistics
{
    private readonly Lock _lock = new();
    private readonly List<(RecordedRequest Request, bool IsToken)> _requests = [];
    private long _lastNumber;

    /// <summary>When tokens were asked for, successfully or not.</summary>
    public IReadOnlyList<DateTimeOffset> TokenRequests => [.. Copy().Where(entry => entry.IsToken).Select(entry => entry.Request.At)];

    /// <summary>All requests on all ports, those to the control API left out.</summary>
    public RecordedRequests Requests => new(Array.ConvertAll(Copy(), entry => entry.Request));

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
