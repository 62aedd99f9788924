using System.Text;

namespace OdcPowerShell.Http;

/// <summary>Status to error, in one place.</summary>
internal static class ApiFailure
{
    private const string UnstatedGuides = "not stated (guides: ";

    internal static OdcApiException From(HttpResponseMessage response, byte[] body, ApiRequest request)
    {
        var status = (int)response.StatusCode;
        var problem = Problem.Read(body, response.Content.Headers.ContentType?.MediaType);
        var operation = request.Operation ?? OperationCatalogue.Find(request.Method, request.Path);
        var (cause, meaning, action) = Explain(status, operation?.Permission);
        return new OdcApiException(cause, Message(request, status, meaning, problem), action)
        {
            StatusCode = status,
            ErrorCode = problem.ErrorCode,
            TraceId = problem.TraceId,
            Method = request.Method.Method,
            Path = request.Path,
            RequiredPermission = status == 403 ? operation?.Permission : null,
            RetryAfter = RetryAfter.Read(response, TimeProvider.System),
            BodyExcerpt = Redactor.Excerpt(Encoding.UTF8.GetString(body)),
            Errors = problem.Errors,
        };
    }

    internal static OdcApiException Unexpected(ApiAnswer answer, ApiRequest request, Exception? inner)
    {
        var excerpt = Redactor.Excerpt(Encoding.UTF8.GetString(answer.Body));
        return new OdcApiException(
            OdcErrorCause.UnexpectedResponse,
            $"{request.Method} {request.Path} answered {answer.Status} with {answer.ContentType ?? "no content type"} that can't be read as its answer: "
                + (excerpt.Length == 0 ? "the body is empty." : excerpt),
            "A proxy or gateway may have answered instead of ODC. If it did not, the API has changed: report it with this message.",
            inner)
        {
            StatusCode = answer.Status,
            Method = request.Method.Method,
            Path = request.Path,
            BodyExcerpt = excerpt,
        };
    }

    private static string Message(ApiRequest request, int status, string meaning, Problem problem)
    {
        var text = new StringBuilder().Append(request.Method).Append(' ').Append(request.Path).Append(": ").Append(meaning).Append(" (").Append(status);
        if (problem.ErrorCode is not null)
            text.Append(", error code ").Append(problem.ErrorCode);
        text.Append(").");
        if (problem.Detail is not null)
            text.Append(' ').Append(problem.Detail);
        var between = ".";
        foreach (var field in problem.Errors)
        {
            // Some services end their sentences, some do not.
            text.Append(EndsSentence(text.ToString()) ? "" : between).Append(' ').Append(field.Key).Append(": ")
                .Append(field.Value.DefaultIfEmpty("").Aggregate((all, next) => $"{all}{(EndsSentence(all) ? "" : ",")} {next}"));
            between = ";";
        }

        if (problem.TraceId is not null)
            text.Append(EndsSentence(text.ToString()) ? "" : ".").Append(" Trace id ").Append(problem.TraceId).Append('.');
        return text.ToString();
    }

    private static bool EndsSentence(string text) => text.Length > 0 && text[text.Length - 1] is '.' or '!' or '?';

    private static (OdcErrorCause Cause, string Meaning, string Action) Explain(int status, string? permission) => status switch
    {
        400 or 422 => (OdcErrorCause.InvalidRequest, "the request is not valid", "Correct the value that the message names."),
        401 => (OdcErrorCause.TokenRefused, "the access token was rejected", "The API client may have been suspended: check it in the ODC Portal, then run Connect-Odc again."),
        403 => (OdcErrorCause.AccessDenied, Lacks(permission), Grant(permission)),
        404 => (OdcErrorCause.NotFound, "not found", "Check the key, and that the API client may see the object."),
        409 => (OdcErrorCause.Conflict, "it conflicts with what exists", "Read the object again and adapt the change."),
        429 => (OdcErrorCause.Throttled, "too many requests", "Wait a minute. The limit is shared by everything that calls this API for your organization."),
        408 or >= 500 => (OdcErrorCause.Unavailable, "the service is not available", "Try again later; if it continues, send the trace id to OutSystems support."),
        _ => (OdcErrorCause.UnexpectedResponse, "unexpected response", "A proxy or gateway may have answered instead of ODC."),
    };

    // Where a host does not show the action, the message still says which permission.
    private static string Lacks(string? permission) => permission switch
    {
        null or "not stated" => "the API client lacks a permission",
        "any one permission" => "the API client lacks a permission: it has none",
        _ when permission.StartsWith(UnstatedGuides, StringComparison.Ordinal) => $"the API client lacks a permission: the guides name {Guides(permission)}",
        _ => $"the API client lacks a permission: {permission}",
    };

    private static string Guides(string permission) => permission.Substring(UnstatedGuides.Length).TrimEnd(')');

    private static string Grant(string? permission) => permission switch
    {
        null or "not stated" => "Grant the API client the permission that the operation's documentation names (ODC Portal: API clients, edit permissions).",
        "any one permission" => "The API client has no permission at all: grant it those that it needs (ODC Portal: API clients, edit permissions).",
        _ when permission.StartsWith(UnstatedGuides, StringComparison.Ordinal) =>
            $"The documentation names no permission for it; grant the API client what its guides ask for (ODC Portal: API clients, edit permissions): {Guides(permission)}.",
        _ => $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {permission}.",
    };
}
