using System.Collections.ObjectModel;
using System.Diagnostics;

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

/// <summary>Records each request before its answer leaves, so that a caller who has the answer also finds the record.</summary>
internal sealed class RequestRecorder(EmulatedTenant tenant)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/_emulator", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var isTokenRequest = HttpMethods.IsPost(request.Method)
            && request.Path.Equals(tenant.TokenEndpoint.AbsolutePath, StringComparison.Ordinal);
        var trace = new RequestTrace(tenant.Statistics, request, isTokenRequest);
        trace.Body = isTokenRequest || IsFile(request) ? null : await ReadBodyAsync(request);
        context.Features.Set(trace);
        context.Response.OnStarting(() =>
        {
            trace.Record(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            // As proxies log it: the caller left before the answer.
            if (!context.Response.HasStarted && context.RequestAborted.IsCancellationRequested)
                trace.Record(StatusCodes.Status499ClientClosedRequest);
        }
    }

    // A file of 100 MB is not worth keeping.
    private bool IsFile(HttpRequest request) =>
        request.HttpContext.Connection.LocalPort == tenant.StorageUrl.Port
        || request.ContentType?.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) == true
        || request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    private static async Task<string?> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
            return null;
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return body;
    }
}

/// <summary>What is known of a request; the first step that sends or withholds its answer records it.</summary>
internal sealed class RequestTrace(EmulatorStatistics statistics, HttpRequest request, bool isTokenRequest)
{
    private readonly long _number = statistics.NextNumber();
    private readonly DateTimeOffset _at = DateTimeOffset.UtcNow;
    private bool _recorded;

    /// <summary>When the request came, on a clock that nothing changes.</summary>
    public TimeSpan Arrival { get; } = Stopwatch.GetElapsedTime(0);
    public string? ClientId { get; set; }
    public string? Body { get; set; }
    public Fault? Fault { get; set; }

    public void Record(int status)
    {
        if (_recorded)
            return;
        _recorded = true;
        var (path, hasAuthorization) = (request.Path.Value + request.QueryString.Value, request.Headers.Authorization.Count > 0);
        var recorded = new RecordedRequest(request.Method, path, ClientId, status, _at, hasAuthorization, Body) { Number = _number, Fault = Fault };
        statistics.Add(recorded, isTokenRequest);
    }
}
