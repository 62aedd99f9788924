using Microsoft.AspNetCore.Http.Features;

namespace OdcPowerShell.Emulator;

internal sealed record Endpoint(string Verb, Template Template, Predicate<ApiClient> Access, Func<ApiCall, Task> Answer);

/// <summary>
/// The endpoints of a tenant: those with code, and after them the seed documents. Checks come in this order: token (401), permission (403),
/// limits (429), then the endpoint with its 400 and 404. So a request that is rejected because of its caller does not count against the
/// organization's limits, a wrong one does. What an endpoint does happens inside <see cref="Store.Use{T}"/>, and what it returns is its answer.
/// </summary>
internal sealed class ApiMap(EmulatedTenant tenant, Documents documents)
{
    private readonly List<Endpoint> _endpoints = [];

    public void Get(string path, Predicate<ApiClient> access, Func<ApiCall, object?> answer) => Map("GET", path, access, 200, answer);
    public void Post(string path, Predicate<ApiClient> access, Func<ApiCall, object?> act, int status = 201) => Map("POST", path, access, status, act);

    public void Post<TBody>(
        string path, Predicate<ApiClient> access, Func<ApiCall, TBody, object?> act, int status = 201, bool isOptional = false) =>
        Map("POST", path, access, status, act, isOptional);

    public void Patch<TBody>(string path, Predicate<ApiClient> access, Action<ApiCall, TBody> act, int status = 204) =>
        Map<TBody>("PATCH", path, access, status, (call, body) => Done(() => act(call, body)), isOptional: false);

    /// <summary>A change that answers with what it changed.</summary>
    public void PatchAnswered<TBody>(string path, Predicate<ApiClient> access, Func<ApiCall, TBody, object> act) => Map<TBody>("PATCH", path, access, 200, act, isOptional: false);
    public void Patch(string path, Predicate<ApiClient> access, Action<ApiCall> act, int status = 204) =>
        Map("PATCH", path, access, status, call => Done(() => act(call)));

    public void Delete(string path, Predicate<ApiClient> access, Action<ApiCall> act) =>
        Map("DELETE", path, access, 204, call => Done(() => act(call)));

    public void Delete<TBody>(string path, Predicate<ApiClient> access, Action<ApiCall, TBody?> act)
        where TBody : class => Map<TBody>("DELETE", path, access, 204, (call, body) => Done(() => act(call, body)), isOptional: true);

    public ListEndpoint<T> List<T>(string path, Predicate<ApiClient> access, Paging paging, Func<ApiCall, IEnumerable<T>> source)
    {
        var list = new ListEndpoint<T>(paging, source);
        Get(path, access, list.Answer);
        return list;
    }

    /// <summary>Changes the members of a seed document that the body has.</summary>
    public void PatchDocument(string path, Predicate<ApiClient> access, int status = 204, params string[] required) =>
        Patch<JsonObject>(
            path,
            access,
            (call, body) => documents.Merge(
                path,
                call,
                Array.Find(required, member => body[member] is null) is { } missing ? throw ProblemException.Missing(missing) : body),
            status);

    public void Raw(string verb, string path, Predicate<ApiClient> access, Func<ApiCall, Task> answer) =>
        _endpoints.Add(new Endpoint(verb, new Template(path), access, answer));

    public async Task ServeAsync(HttpContext context, BearerCheck bearer)
    {
        try
        {
            var client = await bearer.AuthenticateAsync(context);
            var (endpoint, route) = Find(context.Request);
            if (endpoint?.Access(client) == false)
                throw new ProblemException(Cause.PermissionMissing);
            if (tenant.EnforceLimits)
                Count(context);
            if (endpoint is null)
                throw new ProblemException(Cause.NotBuilt(context.Request));
            var call = new ApiCall(context, client, route!);
            call.CheckRoute();
            await endpoint.Answer(call);
        }
        catch (ProblemException e)
        {
            await Problem.WriteAsync(context, e.Cause);
        }
    }

    private static object? Done(Action act)
    {
        act();
        return null;
    }

    private void Map(string verb, string path, Predicate<ApiClient> access, int status, Func<ApiCall, object?> act) =>
        Raw(verb, path, access, call => call.WriteAsync(status, tenant.Store.Use(() => act(call))));

    private void Map<TBody>(
        string verb, string path, Predicate<ApiClient> access, int status, Func<ApiCall, TBody, object?> act, bool isOptional) =>
        Raw(verb, path, access, async call =>
        {
            var body = await call.ReadAsync<TBody>(isOptional);
            await call.WriteAsync(status, tenant.Store.Use(() => act(call, body!)));
        });

    private (Endpoint? Endpoint, IReadOnlyDictionary<string, string>? Route) Find(HttpRequest request)
    {
        var segments = Template.Split(request.Path.Value!);
        var endpoint = Best(_endpoints) ?? Best(documents.Endpoints);
        return (endpoint, endpoint?.Template.Match(segments));

        Endpoint? Best(IEnumerable<Endpoint> endpoints) => endpoints
            .Where(endpoint => endpoint.Verb == request.Method && endpoint.Template.Match(segments) is not null)
            .MaxBy(endpoint => endpoint.Template.Literals);
    }

    private void Count(HttpContext context)
    {
        var domain = ApiDomain.Of(context.Request.Path);
        var arrival = context.Features.GetRequiredFeature<RecordedRequest>().Arrival;
        if (!tenant.Windows.TryEnter(domain, domain.LimitOf(context.Request), arrival, tenant.LimitWindow))
            throw new ProblemException(Cause.TooManyRequests);
    }
}

/// <summary>The path of an endpoint, with parameters in braces.</summary>
internal sealed class Template(string path)
{
    private readonly string[] _segments = Split(path);

    /// <summary>How many segments are no parameters: among templates that match, the one with most is meant.</summary>
    public int Literals { get; } = Split(path).Count(segment => segment[0] != '{');

    public static string[] Split(string path) => path.Trim('/').Split('/');

    /// <summary>The parameters of a path, in their order; null when it is another path.</summary>
    public IReadOnlyDictionary<string, string>? Match(string[] segments)
    {
        var pairs = _segments.Zip(segments);
        return segments.Length == _segments.Length
            && pairs.All(pair => pair.Second.Length > 0
                && (pair.First[0] == '{' || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)))
            ? new OrderedDictionary<string, string>(
                pairs.Where(pair => pair.First[0] == '{').Select(pair => KeyValuePair.Create(pair.First[1..^1], pair.Second)),
                StringComparer.Ordinal)
            : null;
    }
}
