using System.Text;
using System.Text.Json;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Http;

/// <summary>Status to error, in one place.</summary>
internal static class ApiFailure
{
    /// <summary>The error that an answer without success means.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its body, or the beginning of it.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="token">The token that was sent, which is removed from all that the answer says, as are the secrets of the request.</param>
    internal static OdcApiException From(HttpResponseMessage response, byte[] body, ApiRequest request, Secret? token = null)
    {
        var status = (int)response.StatusCode;
        var text = Text(body, request, token);
        var problem = Problem.Read(Encoding.UTF8.GetBytes(text), response.Content.Headers.ContentType?.MediaType);
        var operation = request.Operation ?? OperationCatalogue.Find(request.Method, request.Path.Split('?')[0]);
        var excerpt = Redactor.Excerpt(text);
        // An error without a body may be either's: the status alone speaks then. Beside the APIs, the tenant's own pages answer.
        var isInFront = status == 407
            || (!problem.IsOfApi && (status is >= 300 and < 400 || (excerpt.Length > 0 && !AsksForToken(response) && IsOfApis(request))));
        var (cause, message, action) = isInFront
            ? InFront.Explain($"{request.Method} {request.Shown}", "ODC", response, excerpt)
            : Said(request, status, problem, operation);
        return new OdcApiException(cause, message, action)
        {
            StatusCode = status,
            ErrorCode = problem.ErrorCode,
            TraceId = problem.TraceId,
            Method = request.Method.Method,
            Path = request.Shown,
            RequiredPermission = cause == OdcErrorCause.AccessDenied ? operation?.Permission.Required : null,
            RetryAfter = RetryAfter.Read(response, TimeProvider.System),
            BodyExcerpt = excerpt,
            Errors = problem.Errors,
        };
    }

    /// <summary>A success that is not what the operation answers with.</summary>
    internal static OdcApiException Unexpected(ApiAnswer answer, ApiRequest request, Exception? inner, string? why = null)
    {
        var excerpt = Redactor.Excerpt(Text(answer.Body, request, answer.Token));
        var what = $"{request.Method} {request.Shown} answered {answer.Status} with {answer.ContentType ?? "no content type"}";
        return new OdcApiException(
            OdcErrorCause.UnexpectedResponse,
            $"{what} {(why is null ? "that can't be read as its answer" : why)}: {(excerpt.Length == 0 ? "the body is empty." : excerpt)}{(request.IsSafe ? "" : " The change may be made or not.")}",
            (request.IsSafe ? "" : "Read the object to see whether the change was made, before you send it again. ")
                + "A proxy or gateway may have answered instead of ODC. If it did not, the API has changed: report it with this message.",
            inner)
        {
            StatusCode = answer.Status,
            Method = request.Method.Method,
            Path = request.Shown,
            BodyExcerpt = excerpt,
        };
    }

    private static string Text(byte[] body, ApiRequest request, Secret? token) => (request.Body?.Secrets ?? [])
        .Aggregate(token?.RemoveFrom(Encoding.UTF8.GetString(body)) ?? Encoding.UTF8.GetString(body), (text, secret) => secret.RemoveStartFrom(secret.RemoveFrom(text)));

    private static bool IsOfApis(ApiRequest request) => RateLimits.For(request.Method, request.Path).Count > 0;

    // The service's own gate answers in plain text, but says what it wants.
    private static bool AsksForToken(HttpResponseMessage response) =>
        (int)response.StatusCode == 401 && response.Headers.WwwAuthenticate.Any(w => string.Equals(w.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase));

    private static (OdcErrorCause Cause, string Message, string Action) Said(ApiRequest request, int status, Problem problem, Operation? operation)
    {
        var (cause, meaning, action) = Explain(status, operation?.Permission ?? Permission.NotStated);
        // Without a key in the path, the path itself may not exist.
        if (status == 404 && operation is { HasKeys: false })
            action = "Check the keys in the request. If they are right, this API may not be available to the tenant, or the organization's domain has changed: check -Tenant.";
        // ODC reports what it did not find. Where an address belongs to no organization any more, only the status is left.
        else if (status == 404 && !problem.IsOfApi)
            action += " If nothing else is found either: has the organization's domain changed? Then connect with the new one.";
        return (cause, Message(request, status, meaning, problem), action);
    }

    private static string Message(ApiRequest request, int status, string meaning, Problem problem)
    {
        var text = new StringBuilder().Append(request.Method).Append(' ').Append(request.Shown).Append(": ").Append(meaning).Append(" (").Append(status);
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

    private static (OdcErrorCause Cause, string Meaning, string Action) Explain(int status, Permission permission) => status switch
    {
        400 or 422 => (OdcErrorCause.InvalidRequest, "the request is not valid", "Correct the value that the message names."),
        414 or 431 => (OdcErrorCause.InvalidRequest, "the address of the request is too long", "Specify fewer objects at once."),
        401 => (OdcErrorCause.TokenRefused, "the access token was rejected", "The API client may have been suspended: check it in the ODC Portal, then run Connect-Odc again."),
        403 => (OdcErrorCause.AccessDenied, permission.Missing, permission.Grant),
        404 => (OdcErrorCause.NotFound, "not found", "Check the key, and that the API client may see the object."),
        409 => (OdcErrorCause.Conflict, "it conflicts with what exists", "Read the object again and adapt the change."),
        410 => (OdcErrorCause.Unavailable, "the service cancelled the request", "Try again."),
        429 => (OdcErrorCause.Throttled, "too many requests", "Wait a minute. The limit is shared by everything that calls this API for your organization."),
        408 or >= 500 => (OdcErrorCause.Unavailable, "the service is not available", "Try again later; if it continues, send the trace id to OutSystems support."),
        _ => (OdcErrorCause.UnexpectedResponse, "unexpected response", "A proxy or gateway may have answered instead of ODC."),
    };
}

/// <summary>What an error body says, whatever its shape: problem details, other JSON or none.</summary>
internal sealed record Problem(string? ErrorCode, string? TraceId, string? Detail, IReadOnlyDictionary<string, IReadOnlyList<string>> Errors)
{
    private static readonly IReadOnlyList<string> Members = ["type", "title", "status", "detail", "instance", "traceId", "errorCode", "errors"];

    private static readonly Problem Silent = new(ErrorCode: null, TraceId: null, Detail: null, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));

    /// <summary>Whether the body is the JSON that the APIs send with their errors; what stands in front of them sends pages, texts, or JSON of its own.</summary>
    internal bool IsOfApi { get; private init; }

    internal static Problem Read(byte[] body, string? contentType)
    {
        if (!Answers.IsJson(contentType) || body.Length is 0 or > 1_000_000)
            return Silent;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : Silent;
        }
        catch (InvalidOperationException)
        {
            // JSON, with a text that is none.
            return Silent with { IsOfApi = true };
        }
        catch (JsonException)
        {
            // The body is only decoration here: the status decides, and the exception carries an excerpt.
            return Silent;
        }
    }

    private static Problem Read(JsonElement body) =>
        new(Text(body, "errorCode"), Text(body, "traceId"), Text(body, "detail") ?? Text(body, "title"), Fields(body))
        {
            IsOfApi = Members.Any(m => body.TryGetProperty(m, out _)) || !body.EnumerateObject().Any(),
        };

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Redactor.Clean(value.GetString()!) : null;

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Fields(JsonElement body)
    {
        if (!body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object)
            return Silent.Errors;
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var field in errors.EnumerateObject())
        {
            fields[field.Name] = field.Value.ValueKind == JsonValueKind.Array
                ? [.. field.Value.EnumerateArray().Select(m => Redactor.Clean(m.ToString()))]
                : [Redactor.Clean(field.Value.ToString())];
        }

        return fields;
    }
}
