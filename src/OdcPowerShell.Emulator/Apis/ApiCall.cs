using Microsoft.AspNetCore.Http.Features;

namespace OdcPowerShell.Emulator;

/// <summary>A request that has passed the checks of its caller, with the parameters of its path.</summary>
internal sealed class ApiCall(HttpContext context, ApiClient client, IReadOnlyDictionary<string, string> route)
{
    public HttpRequest Request => context.Request;
    public IHeaderDictionary AnswerHeaders => context.Response.Headers;
    public ApiClient Client => client;
    /// <summary>The client id, by which answers name who requested something.</summary>
    public string By => client.ClientId;
    public CancellationToken Aborted => context.RequestAborted;
    public QueryReader Query { get; } = new(context.Request.Query);
    public IReadOnlyDictionary<string, string> Route => route;

    /// <summary>A key in the path; anything but a GUID is a 400.</summary>
    public Guid Key(string name) => QueryReader.ParseGuid(name, route[name]);

    public int RevisionNumber => int.TryParse(route["revisionNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw ProblemException.BadParameter($"The revision number '{route["revisionNumber"]}' is not valid.");

    /// <summary>Rejects a wrong key or revision in the path, before the body is read.</summary>
    public void CheckRoute()
    {
        foreach (var name in route.Keys)
        {
            if (name.EndsWith("key", StringComparison.OrdinalIgnoreCase))
                Key(name);
            else if (name == "revisionNumber")
                _ = RevisionNumber;
        }
    }

    /// <summary>The body; anything but JSON of the type is a 400. An optional body that is missing is null.</summary>
    public async Task<T?> ReadAsync<T>(bool isOptional = false)
    {
        if (isOptional
            && (Request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }))
            return default;
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(Request.Body, Json.Wire, Aborted);
            return body is null ? throw ProblemException.BadParameter("The request has no body.") : body;
        }
        catch (JsonException e)
        {
            var errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [e.Path ?? "$"] = [e.Message] };
            throw new ProblemException(new Cause(400, 1, e.Message) { Errors = errors });
        }
    }

    /// <summary>Answers; null is an empty body.</summary>
    public Task WriteAsync(int status, object? answer)
    {
        context.Response.StatusCode = status;
        return answer is null ? Task.CompletedTask : context.Response.WriteAsJsonAsync(answer, answer.GetType(), Json.Wire, null, Aborted);
    }
}
