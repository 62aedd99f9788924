using System.Collections.ObjectModel;
using System.Diagnostics;

namespace OdcPowerShell.Emulator;

/// <summary>
/// A request to the tenant, which the first step that sends or withholds its answer records. Its status is 0 when it was reset before it
/// was read, 499 when the caller left before the answer. The bodies of token requests are left out, because they contain secrets.
/// </summary>
public sealed record RecordedRequest(string Method, string PathAndQuery)
{
    /// <summary>The place among the tenant's requests by arrival; it grows even after <see cref="EmulatorStatistics.Clear"/>.</summary>
    public long Number { get; init; }
    public DateTimeOffset At { get; } = DateTimeOffset.UtcNow;
    public bool HasAuthorization { get; init; }
    public string? ClientId { get; internal set; }
    public int Status { get; internal set; }
    public string? Body { get; internal set; }
    /// <summary>What the emulator did to the request on purpose.</summary>
    public Fault? Fault { get; internal set; }
    public string Path => PathAndQuery.Split('?')[0];
    internal bool IsTokenRequest { get; init; }
    internal bool IsRecorded { get; set; }
    /// <summary>When the request came, on a clock that nothing changes.</summary>
    internal TimeSpan Arrival { get; } = Stopwatch.GetElapsedTime(0);
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
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private long _lastNumber;

    /// <summary>The times of the token requests, successful or not.</summary>
    public IReadOnlyList<DateTimeOffset> TokenRequests =>
        [.. _requests.Where(request => request.IsTokenRequest).Select(request => request.At)];

    /// <summary>All requests on all ports, those to the control API left out.</summary>
    public RecordedRequests Requests => new(_requests);
    public int Count429 => _requests.Count(request => request.Status == StatusCodes.Status429TooManyRequests);
    public void Clear() => _requests.Clear();

    internal long NextNumber() => Interlocked.Increment(ref _lastNumber);

    internal void Record(RecordedRequest request, int status)
    {
        if (request.IsRecorded)
            return;
        (request.IsRecorded, request.Status) = (true, status);
        _requests.Enqueue(request);
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

        var record = new RecordedRequest(request.Method, request.Path.Value + request.QueryString.Value)
        {
            HasAuthorization = request.Headers.Authorization.Count > 0,
            Number = tenant.Statistics.NextNumber(),
            IsTokenRequest = HttpMethods.IsPost(request.Method)
                && request.Path.Equals(tenant.TokenEndpoint.AbsolutePath, StringComparison.Ordinal),
        };
        record.Body = record.IsTokenRequest || IsFile(request) ? null : await ReadBodyAsync(request);
        context.Features.Set(record);
        context.Response.OnStarting(() =>
        {
            tenant.Statistics.Record(record, context.Response.StatusCode);
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
                tenant.Statistics.Record(record, StatusCodes.Status499ClientClosedRequest);
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
