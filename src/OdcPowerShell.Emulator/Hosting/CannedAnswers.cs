namespace OdcPowerShell.Emulator;

/// <summary>A fixed answer; with a Content-Length header above the body's length the answer is cut off.</summary>
public sealed record CannedAnswer(int Status, string ContentType = "application/json", string Body = "")
{
    /// <summary>Headers to add, or to use instead of the server's own, such as Date.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;
    /// <summary>How often it is sent before the real answers return; null: always.</summary>
    public int? Times { get; init; }
    /// <summary>The method of the requests that get it; null: all.</summary>
    public string? Method { get; init; }

    internal async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        if (ContentType.Length > 0)
            response.ContentType = ContentType;
        foreach (var (name, value) in Headers ?? FrozenDictionary<string, string>.Empty)
            response.Headers[name] = value;
        if (Body.Length > 0)
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body), context.RequestAborted);
    }
}

internal sealed class CannedAnswers
{
    private readonly Dictionary<string, CannedAnswer> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();

    public void Set(string path, CannedAnswer answer)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(answer);
        lock (_lock)
            _answers["/" + path.TrimStart('/')] = answer;
    }

    public void Clear()
    {
        lock (_lock)
            _answers.Clear();
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        Take(context.Request.Method, context.Request.Path.Value!) is { } answer ? answer.WriteAsync(context) : next(context);

    private CannedAnswer? Take(string method, string path)
    {
        lock (_lock)
        {
            if (!_answers.TryGetValue(path, out var answer) || answer.Method?.Equals(method, StringComparison.OrdinalIgnoreCase) == false)
                return null;
            if (answer.Times <= 1)
                _answers.Remove(path);
            else
                _answers[path] = answer with { Times = answer.Times - 1 };
            return answer.Times <= 0 ? null : answer;
        }
    }
}
