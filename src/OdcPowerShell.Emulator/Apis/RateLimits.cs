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

/// <summary>The sliding windows of a tenant, per API and per limited operation, and what is changed about its limits.</summary>
internal sealed class RequestWindows
{
    private readonly Dictionary<object, SlidingWindow> _windows = new(ReferenceEqualityComparer.Instance);
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
    /// Counts a request against its API and its operation from its arrival on, or against neither when one of them was full then.
    /// </summary>
    public bool TryEnter(ApiDomain domain, EndpointLimit? endpoint, TimeSpan arrival, TimeSpan length)
    {
        lock (_lock)
        {
            if (domain == ApiDomain.Unknown)
                return true;
            var all = Window(domain);
            var own = endpoint is null ? null : Window(endpoint);
            if (all.CountAt(arrival, length) >= domain.Requests - _stolen.GetValueOrDefault(domain)
                || (own is not null && own.CountAt(arrival, length) >= endpoint!.Requests))
                return false;
            all.Add(arrival);
            own?.Add(arrival);
            return true;
        }
    }

    private SlidingWindow Window(object limit)
    {
        if (!_windows.TryGetValue(limit, out var window))
            _windows.Add(limit, window = new SlidingWindow());
        return window;
    }
}

/// <summary>When the requests under one limit came. Not thread-safe.</summary>
internal sealed class SlidingWindow
{
    // Sorted: a request that was delayed on its way may be counted after a later one.
    private readonly List<TimeSpan> _arrivals = [];

    /// <summary>
    /// How many requests count at a moment: those of this length before it, its beginning left out. On a busy machine a request may be
    /// counted after others that arrived later; those do not count against it.
    /// </summary>
    public int CountAt(TimeSpan moment, TimeSpan length)
    {
        var counted = EndOf(moment) - EndOf(moment - length);
        // A minute more is kept for delayed requests. To remove a few is not worth the time.
        var stale = EndOf(moment - length - TimeSpan.FromMinutes(1));
        if (stale > _arrivals.Count / 2)
            _arrivals.RemoveRange(0, stale);
        return counted;
    }

    public void Add(TimeSpan arrival) => _arrivals.Insert(EndOf(arrival), arrival);

    // The place behind all arrivals up to and including the moment: near the end, because most arrivals that are kept count.
    private int EndOf(TimeSpan moment) => _arrivals.FindLastIndex(arrival => arrival <= moment) + 1;
}
