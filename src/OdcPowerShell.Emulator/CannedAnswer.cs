namespace OdcPowerShell.Emulator;

/// <summary>A fixed answer; a Content-Length header above the body's length cuts the answer off half-way.</summary>
public sealed record CannedAnswer(int Status, string ContentType, string Body)
{
    /// <summary>Headers to add, or to use instead of the server's own, such as Date.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often it is given before the real thing answers again; null stands for always.</summary>
    public int? Times { get; init; }

    /// <summary>The method of the requests that get it; null stands for all.</summary>
    public string? Method { get; init; }
}
