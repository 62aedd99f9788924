namespace OdcPowerShell;

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

    /// <summary>Whether another secret could help: the server refused the client, not the request.</summary>
    internal bool IsClientRefused =>
        Cause != OdcErrorCause.UnexpectedResponse && (StatusCode == 401 || Error is "invalid_client" or "unauthorized_client");
}
