namespace OdcPowerShell.Http;

/// <summary>A published limit: so many requests a minute for the whole organization.</summary>
/// <param name="Name">The domain, or the domain with the endpoint: what Get-OdcRateLimit shows.</param>
/// <param name="PerMinute">Requests in any 60 seconds.</param>
internal sealed record RateLimit(string Name, int PerMinute);

/// <summary>
/// The service's published limits, per API domain and per endpoint; a request to a limited endpoint counts against its domain too. This
/// table is the one place for them, and a test compares it with the API reference.
/// </summary>
internal static class RateLimits
{
    private static readonly IReadOnlyList<Domain> Domains =
    [
        new("asset-configurations", "/api/asset-configurations/v1", 100),
        new("asset-repository", "/api/asset-repository/v1", 100, ("POST", "/assets", 10)),
        new("builds", "/api/builds/v1", 100, ("POST", "*", 10)),
        new("code-quality", "/api/code-quality/v1", 100, ("POST", "/code-analyses", 10)),
        new("dependency-management", "/api/dependency-management/v1", 100),
        new("deployments", "/api/deployments/v1", 100, ("POST", "*", 10)),
        new("environment-configurations", "/api/environment-configurations/v1", 10),
        new("external-libraries", "/api/external-libraries/v1", 100, ("POST", "*", 10)),
        new("native-mobile-builds", "/api/native-mobile-builds/v1", 100, ("POST", "*", 5), ("PATCH", "*", 10)),
        // Not published; its operations were cut from the environment-configurations service, so its limit is assumed.
        new("organization", "/api/organization/v1", 10),
        // One limit for both versions.
        new("portfolios", "/api/portfolios", 100),
        new("subscription", "/api/subscription/v1", 100),
        new("identity", "/api/identity/v1", 100, ("POST", "/users/bulk", 5)),
    ];

    /// <summary>All limits, the endpoints' after their domain's.</summary>
    internal static IEnumerable<(RateLimit Limit, string Path)> All => Domains.SelectMany(d =>
        d.Endpoints.Select(e => (Endpoint(d, e), d.Base)).Prepend((new RateLimit(d.Name, d.PerMinute), d.Base)));

    /// <summary>The limits that a request counts against; none for a path outside the published APIs.</summary>
    internal static IReadOnlyList<RateLimit> For(HttpMethod method, string path)
    {
        var bare = path.Split('?')[0].TrimEnd('/');
        var domain = Domains.FirstOrDefault(d => IsUnder(bare, d.Base));
        if (domain is null)
            return [];
        var rest = bare.Substring(domain.Base.Length);
        return
        [
            new RateLimit(domain.Name, domain.PerMinute),
            .. domain.Endpoints.Where(e => Matches(e, method, rest)).Select(e => Endpoint(domain, e, e.Template == "*" ? Template(rest) : e.Template)),
        ];
    }

    // A limit is an endpoint's, whichever object it is called for.
    private static string Template(string rest) => string.Join("/", rest.Split('/').Select(s => IsKey(s) ? "{key}" : s));

    private static bool IsKey(string segment) => Guid.TryParse(segment, out _) || (segment.Length > 0 && segment.All(char.IsDigit));

    private static bool Matches((string Method, string Template, int PerMinute) endpoint, HttpMethod method, string rest) =>
        endpoint.Method == method.Method && (endpoint.Template == "*" || string.Equals(endpoint.Template, rest, StringComparison.OrdinalIgnoreCase));

    private static RateLimit Endpoint(Domain domain, (string Method, string Template, int PerMinute) endpoint, string? template = null) =>
        new($"{domain.Name} {endpoint.Method} {template ?? endpoint.Template}", endpoint.PerMinute);

    private static bool IsUnder(string path, string root) =>
        path.StartsWith(root, StringComparison.OrdinalIgnoreCase) && (path.Length == root.Length || path[root.Length] == '/');

    private sealed record Domain(string Name, string Base, int PerMinute, params (string Method, string Template, int PerMinute)[] Endpoints);
}
