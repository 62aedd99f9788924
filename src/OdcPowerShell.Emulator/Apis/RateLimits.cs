namespace OdcPowerShell.Emulator;

internal sealed record EndpointLimit(string Method, string Path, int Requests);

/// <summary>
/// An API: its path, the mark in its error codes, and its documented limits a minute for the whole organization. No limit is published for
/// organization: it has the usual one. Both versions of portfolios share one.
/// </summary>
internal sealed record ApiDomain(string BasePath, string Code, int Requests, ImmutableArray<EndpointLimit> Endpoints)
{
    private static readonly ImmutableArray<ApiDomain> s_all = Json.Seed<ImmutableArray<ApiDomain>>("apis");

    /// <summary>Anything under /api that is no documented API.</summary>
    public static ApiDomain Unknown { get; } = new("/api", "API", int.MaxValue, []);

    public static ApiDomain Of(PathString path) =>
        s_all.FirstOrDefault(domain => path.StartsWithSegments(domain.BasePath, StringComparison.OrdinalIgnoreCase)) ?? Unknown;

    /// <summary>The API of a name or path, such as "identity" or "/api/identity/v1"; throws when there is none.</summary>
    public static ApiDomain Named(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        var domain = Of(nameOrPath.StartsWith('/') ? nameOrPath : $"{Unknown.BasePath}/{nameOrPath}");
        return domain != Unknown ? domain : throw new ArgumentException($"There is no API '{nameOrPath}'.", nameof(nameOrPath));
    }

    public EndpointLimit? LimitOf(HttpRequest request) => Endpoints.IsDefault ? null : Endpoints.FirstOrDefault(endpoint =>
        request.Method == endpoint.Method
        && new Template($"{BasePath}/v1{endpoint.Path}").Match(Template.Split(request.Path.Value!)) is not null);
}

/// <summary>The sliding windows of a tenant: when requests came, per API and per limited operation.</summary>
internal sealed class RequestWindows
{
    private readonly Dictionary<object, List<TimeSpan>> _arrivals = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ApiDomain, int> _stolen = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _lock = new();

    /// <summary>Another client uses a part of an API's limit. Evenly spread requests are the same number in every window.</summary>
    public void Steal(ApiDomain domain, int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requests);
        lock (_lock)
            _stolen[domain] = requests;
    }

    /// <summary>
    /// Counts a request against its API and its operation from its arrival on, or against neither when one of them was full then. On a busy
    /// machine a request may be counted after others that arrived later; those do not count against it.
    /// </summary>
    public bool TryEnter(ApiDomain domain, EndpointLimit? endpoint, TimeSpan arrival, TimeSpan length)
    {
        lock (_lock)
        {
            if (domain == ApiDomain.Unknown)
                return true;
            if (IsFull(domain, domain.Requests - _stolen.GetValueOrDefault(domain))
                || (endpoint is not null && IsFull(endpoint, endpoint.Requests)))
                return false;
            _arrivals[domain].Add(arrival);
            if (endpoint is not null)
                _arrivals[endpoint].Add(arrival);
            return true;
        }

        bool IsFull(object limit, int requests)
        {
            if (!_arrivals.TryGetValue(limit, out var arrivals))
                _arrivals.Add(limit, arrivals = []);
            // A minute more is kept for requests that were delayed on their way.
            arrivals.RemoveAll(at => at < arrival - length - TimeSpan.FromMinutes(1));
            return arrivals.Count(at => at > arrival - length && at <= arrival) >= requests;
        }
    }
}
