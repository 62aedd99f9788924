using System.Diagnostics.CodeAnalysis;

namespace OdcPowerShell.Emulator;

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

    public bool TryTake(string method, string path, [NotNullWhen(true)] out CannedAnswer? answer)
    {
        lock (_lock)
        {
            if (!_answers.TryGetValue(path, out answer) || (answer.Method is { } only && !string.Equals(only, method, StringComparison.OrdinalIgnoreCase)))
                return false;
            if (answer.Times is not { } times)
                return true;
            if (times <= 1)
                _answers.Remove(path);
            else
                _answers[path] = answer with { Times = times - 1 };
            return times > 0;
        }
    }

    public static async Task WriteAsync(HttpContext context, CannedAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.ContentType.Length > 0)
            response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers ?? FrozenDictionary<string, string>.Empty)
            response.Headers[name] = value;
        if (answer.Body.Length > 0)
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), context.RequestAborted);
    }
}

/// <summary>A fixed answer; a Content-Length header above the body's length cuts the answer off half-way.</summary>
public sealed record CannedAnswer(int Status, string ContentType = "application/json", string Body = "")
{
    /// <summary>Headers to add, or to use instead of the server's own, such as Date.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    /// <summary>How often it is given before the real thing answers again; null stands for always.</summary>
    public int? Times { get; init; }
    /// <summary>The method of the requests that get it; null stands for all.</summary>
    public string? Method { get; init; }
}
