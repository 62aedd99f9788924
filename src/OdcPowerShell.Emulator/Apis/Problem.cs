using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace OdcPowerShell.Emulator;

/// <summary>Why a request is refused: status, the cause's number within it, and the words.</summary>
internal sealed record Cause(int Status, int Number, string Detail)
{
    /// <summary>What is wrong with which member of the body.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public static Cause TokenMissing { get; } = new(401, 1, "The request has no access token.");

    public static Cause TokenInvalid { get; } = new(401, 2, "The access token is invalid.");

    public static Cause TokenExpired { get; } = new(401, 3, "The access token has expired.");

    public static Cause ClientSuspended { get; } = new(401, 4, "The API client is suspended.");

    public static Cause PermissionMissing { get; } = new(403, 1, "The API client doesn't have the required permission.");

    public static Cause TooManyRequests { get; } = new(429, 1, "Too many requests. Try again later.");

    public static Cause BadParameter(string detail) => new(400, 1, detail);

    public static Cause ExclusiveParameters(string one, string other) =>
        new(400, 2, $"The parameters '{one}' and '{other}' are mutually exclusive.");

    public static Cause TooManyValues(string name, int maximum) =>
        new(400, 3, $"The parameter '{name}' allows up to {maximum} values.");

    public static Cause NotFound(string what, Guid key) => new(404, 1, $"The {what} '{key}' doesn't exist.");

    public static Cause NotBuilt(HttpRequest request) => new(501, 1, $"The emulator does not have {request.Method} {request.Path} yet.");

    public string CodeIn(ApiDomain domain) => $"OS-{domain.Code}-{Status}{Number:00}";
}

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException(Cause cause) : Exception(cause.Detail)
{
    public Cause Cause { get; } = cause;
}

/// <summary>The body of every error answer.</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Instance, string TraceId, string ErrorCode)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public static Problem Of(Cause cause, ApiDomain domain, string instance) => new(
        $"https://httpstatuses.io/{cause.Status}",
        ReasonPhrases.GetReasonPhrase(cause.Status),
        cause.Status,
        cause.Detail,
        instance,
        $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00",
        cause.CodeIn(domain))
    {
        Errors = cause.Errors,
    };

    public static Task WriteAsync(HttpContext context, Cause cause)
    {
        var path = context.Request.Path;
        context.Response.StatusCode = cause.Status;
        if (cause.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsJsonAsync(
            Of(cause, ApiDomain.Of(path), path), WireJson.Default.Problem, cancellationToken: context.RequestAborted);
    }
}
