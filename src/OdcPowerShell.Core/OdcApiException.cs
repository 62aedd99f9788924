namespace OdcPowerShell;

/// <summary>An API answered a request with an error, or with something that is not an answer of that API.</summary>
public sealed class OdcApiException : OdcException
{
    internal OdcApiException(OdcErrorCause cause, string message, string recommendedAction, Exception? inner = null)
        : base(cause, message, recommendedAction, inner)
    {
    }

    /// <summary>HTTP status of the answer.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>ODC's own code for the error, such as <c>OS-APPS-40021</c>.</summary>
    public string? ErrorCode { get; internal init; }

    /// <summary>The identifier that OutSystems support asks for.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>HTTP method of the request.</summary>
    public string Method { get; internal init; } = "";

    /// <summary>Path of the request, without host and query.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>The API client permission that the operation needs, when it is known.</summary>
    public string? RequiredPermission { get; internal init; }

    /// <summary>How long the service asks to wait, when it says so.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The first 200 characters of the answer, redacted.</summary>
    public string? BodyExcerpt { get; internal init; }

    /// <summary>Validation messages per field, when the service gives them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; internal init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}
