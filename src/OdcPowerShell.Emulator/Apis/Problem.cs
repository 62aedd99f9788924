using System.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace OdcPowerShell.Emulator;

/// <summary>Why a request is rejected: status, the cause's number within it, and the message.</summary>
internal sealed record Cause(int Status, int Number, string Detail)
{
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
    public static Cause PermissionMissing { get; } = new(403, 1, "The API client doesn't have the required permission.");
    public static Cause TooManyRequests { get; } = new(429, 1, "Too many requests. Try again later.");

    public static Cause NotBuilt(HttpRequest request) => new(501, 1, $"The emulator does not have {request.Method} {request.Path} yet.");
    public string CodeIn(ApiDomain domain) => $"OS-{domain.Code}-{Status}{Number:00}";
}

internal sealed class ProblemException(Cause cause) : Exception(cause.Detail)
{
    public ProblemException(int status, int number, string detail)
        : this(new Cause(status, number, detail))
    {
    }

    public Cause Cause { get; } = cause;

    public static ProblemException BadParameter(string detail) => new(400, 1, detail);

    public static ProblemException Exclusive(string one, string other) =>
        new(400, 2, $"The parameters '{one}' and '{other}' are mutually exclusive.");

    public static ProblemException Missing(string member) => new(400, 4, $"The body has no '{member}'.");
    public static ProblemException NotFound(string what, object key) => new(404, 1, $"The {what} '{key}' doesn't exist.");
    public static ProblemException Unprocessable(string detail) => new(422, 2, detail);
}

internal static class Problem
{
    public static Task WriteAsync(HttpContext context, Cause cause)
    {
        var (path, status) = (context.Request.Path, cause.Status);
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        var problem = new
        {
            Type = $"https://httpstatuses.io/{status}", Title = ReasonPhrases.GetReasonPhrase(status), status, cause.Detail,
            Instance = path.Value, TraceId = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00",
            ErrorCode = cause.CodeIn(ApiDomain.Of(path)), cause.Errors,
        };
        return context.Response.WriteAsJsonAsync(problem, problem.GetType(), Json.Wire, null, context.RequestAborted);
    }
}
