using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace OdcPowerShell.Emulator;

/// <summary>A request that has passed all checks.</summary>
internal sealed class ApiCall(HttpContext context, ApiClient client)
{
    public HttpRequest Request => context.Request;

    public ApiClient Client => client;

    public QueryReader Query { get; } = new(context.Request.Query);

    /// <summary>A key in the path; anything but a GUID is a 400.</summary>
    public Guid Key(string name) => QueryReader.ParseGuid(name, (string)context.Request.RouteValues[name]!);

    /// <summary>The body; anything but JSON of the type is a 400.</summary>
    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw new ProblemException(Cause.BadParameter("The request has no body."));
        }
        catch (JsonException e)
        {
            var errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [e.Path ?? "$"] = [e.Message] };
            throw new ProblemException(Cause.BadParameter(e.Message) with { Errors = errors });
        }
    }

    public Task CreatedAsync<T>(T value, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        return JsonAsync(value, type);
    }

    public Task JsonAsync<T>(T value, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(value, type, cancellationToken: context.RequestAborted);
}

/// <summary>
/// Adds operations. Checks come in this order: token (401), permission (403), limits (429), then the handler with its
/// 400 and 404. So a request that is refused for its caller costs nothing of the organization's budget, a wrong one does.
/// </summary>
internal sealed class ApiMap(IEndpointRouteBuilder endpoints, EmulatedTenant tenant)
{
    private readonly BearerCheck _bearer = endpoints.ServiceProvider.GetRequiredService<BearerCheck>();

    public void Get(string path, Predicate<ApiClient> access, Func<ApiCall, Task> handler) => Map("GET", path, access, handler);

    public void Post(string path, Predicate<ApiClient> access, Func<ApiCall, Task> handler) => Map("POST", path, access, handler);

    public void Map(string verb, string path, Predicate<ApiClient> access, Func<ApiCall, Task> handler) =>
        endpoints.MapMethods(path, [verb], context => RunAsync(context, access, handler));

    /// <summary>Answers every operation that is not there.</summary>
    public void Rest() => endpoints.Map("/api/{**path}", context =>
        RunAsync(context, Access.SignedIn, call => throw new ProblemException(Cause.NotBuilt(call.Request))));

    private async Task RunAsync(HttpContext context, Predicate<ApiClient> access, Func<ApiCall, Task> handler)
    {
        try
        {
            var client = await _bearer.AuthenticateAsync(context);
            if (!access(client))
                throw new ProblemException(Cause.PermissionMissing);
            if (tenant.EnforceLimits)
                Count(context);
            await handler(new ApiCall(context, client));
        }
        catch (ProblemException e)
        {
            await Problem.WriteAsync(context, e.Cause);
        }
    }

    private void Count(HttpContext context)
    {
        var domain = ApiDomain.Of(context.Request.Path);
        var arrival = context.Features.GetRequiredFeature<RequestTrace>().Arrival;
        if (!tenant.Windows.TryEnter(domain, domain.LimitOf(context.Request), arrival, tenant.LimitWindow))
            throw new ProblemException(Cause.TooManyRequests);
    }
}
