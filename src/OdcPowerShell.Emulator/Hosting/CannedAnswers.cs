namespace OdcPowerShell.Emulator;

/// <summary>A fixed answer; with a Content-Length header above the body's length the answer is cut off.</summary>
public sealed record CannedAnswer(int Status, string ContentType = "application/json", string Body = "")
{
    /// <summary>Headers to add, or to use instead of the server's own, such as Date.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    /// <summary>How often it is sent before the real answers return; null: always.</summary>
    public int? Times { get; init; }
    /// <summary>The method of the requests that get it; null: all.</summary>
    public string? Method { get; init; }
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

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Take(context.Request.Method, context.Request.Path) is not { } answer)
        {
            await next(context);
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.ContentType.Length > 0)
            response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers ?? FrozenDictionary<string, string>.Empty)
            response.Headers[name] = value;
        if (answer.Body.Length > 0)
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), context.RequestAborted);
    }

    private CannedAnswer? Take(string method, PathString path)
    {
        lock (_lock)
        {
            var answer = _answers.GetValueOrDefault(path.Value!);
            if (answer?.Method is { } only && !string.Equals(only, method, StringComparison.OrdinalIgnoreCase))
                return null;
            if (answer?.Times <= 1)
                _answers.Remove(path.Value!);
            else if (answer?.Times is { } times)
                _answers[path.Value!] = answer with { Times = times - 1 };
            return answer?.Times <= 0 ? null : answer;
        }
    }
}
