namespace OdcPowerShell;

/// <summary>A failure with a documented cause and a recommended action. It never contains a secret or a token.</summary>
public class OdcException : Exception
{
    private string? _note;

    internal OdcException(OdcErrorCause cause, string message, string recommendedAction, Exception? inner = null)
        : base(Redactor.CleanAddresses(message), Redactor.Safe(inner))
    {
        Cause = cause;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The error message, with the number of attempts.</summary>
    public override string Message => _note is null ? base.Message : $"{base.Message} {_note}";

    /// <summary>The cause; the PowerShell error id is <c>Odc</c> followed by it.</summary>
    public OdcErrorCause Cause { get; }

    /// <summary>What to do.</summary>
    public string RecommendedAction { get; private set; }

    /// <summary>Whether the request certainly did not reach the service, so that even a change can be sent again.</summary>
    internal bool WasNotSent { get; set; }

    /// <summary>Adds details to the message: the number of attempts, and how much of the answer arrived.</summary>
    internal void Note(string sentence) => _note = _note is null ? sentence : $"{_note} {sentence}";

    /// <summary>Adds the next step to the action, which only the command knows.</summary>
    internal void Advise(string sentence) => RecommendedAction = $"{RecommendedAction} {sentence}";
}

/// <summary>An API answered with an error, or the answer is not one of that API.</summary>
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

    /// <summary>The permission that the operation needs, when known.</summary>
    public string? RequiredPermission { get; internal init; }

    /// <summary>How long the service asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The first 200 characters of the answer, redacted.</summary>
    public string? BodyExcerpt { get; internal init; }

    /// <summary>Validation messages for each field, if the service sends them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; internal init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}

/// <summary>The identity server did not issue a token.</summary>
public sealed class OdcSignInException : OdcException
{
    internal OdcSignInException(OdcErrorCause cause, string message, string recommendedAction)
        : base(cause, message, recommendedAction)
    {
    }

    /// <summary>HTTP status of the token answer.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>The OAuth 2.0 <c>error</c> code, when the answer had one.</summary>
    public string? Error { get; internal init; }

    /// <summary>The OAuth 2.0 <c>error_description</c>, when the answer had one.</summary>
    public string? ErrorDescription { get; internal init; }

    /// <summary>Whether another secret could help: the server rejected the client, not the request.</summary>
    internal bool IsClientRefused =>
        Cause != OdcErrorCause.UnexpectedResponse && (StatusCode == 401 || Error is "invalid_client" or "unauthorized_client");
}
