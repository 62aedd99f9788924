using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>One operation with a limit of its own.</summary>
internal sealed record EndpointLimit(string Method, string Path, int Requests);

/// <summary>An API: where it stands, the mark in its error codes, and its documented limits for the whole organization.</summary>
internal sealed record ApiDomain(string BasePath, string Code, int Requests, params EndpointLimit[] Endpoints)
{
    private const string Configurations = "/environments/{key}/applications/{key}/configurations";

    /// <summary>Anything under /api that is no documented API.</summary>
    public static ApiDomain Unknown { get; } = new("/api", "API", int.MaxValue);

    /// <summary>Limits per minute. None is published for organization: the usual one. Both portfolio versions share one.</summary>
    public static ImmutableArray<ApiDomain> All { get; } =
    [
        new("/api/asset-configurations", "ACFG", 100),
        new("/api/asset-repository", "APPS", 100, new EndpointLimit("POST", "/assets", 10)),
        new(
            "/api/builds",
            "BUILD",
            100,
            new("POST", "/build-operations", 10),
            new("POST", "/build-operations/{key}/generated-code", 10)),
        new("/api/code-quality", "CODEQ", 100, new EndpointLimit("POST", "/code-analyses", 10)),
        new("/api/dependency-management", "AIMS", 100),
        new("/api/deployments", "DEPL", 100, new("POST", "/deployment-operations", 10), new("POST", "/publish-operations", 10)),
        new("/api/environment-configurations", "ECFG", 10),
        new(
            "/api/external-libraries",
            "EXTL",
            100,
            new("POST", "/generation-operations", 10),
            new("POST", "/assets/{key}/revisions/{revision}/source-code-download", 10)),
        new(
            "/api/native-mobile-builds",
            "NATIVE",
            100,
            new("POST", "/build-operations", 5),
            new("POST", "/build-operations/version-suggestions", 5),
            new("POST", "/build-operations/native-build-validation", 5),
            new("PATCH", $"{Configurations}/android", 10),
            new("PATCH", $"{Configurations}/ios", 10),
            new("PATCH", $"{Configurations}/extensibility-settings", 10)),
        new("/api/organization", "ORG", 100),
        new("/api/portfolios", "PORTF", 100),
        new("/api/subscription", "SUBS", 100),
        new("/api/identity", "IDENT", 100, new EndpointLimit("POST", "/users/bulk", 5)),
    ];

    public static ApiDomain Of(PathString path) =>
        All.FirstOrDefault(domain => path.StartsWithSegments(domain.BasePath, StringComparison.OrdinalIgnoreCase)) ?? Unknown;

    /// <summary>The API of a name or path, such as "identity" or "/api/identity/v1"; throws when there is none.</summary>
    public static ApiDomain Named(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        var domain = Of(nameOrPath.StartsWith('/') ? nameOrPath : $"{Unknown.BasePath}/{nameOrPath}");
        return domain != Unknown ? domain : throw new ArgumentException($"There is no API '{nameOrPath}'.", nameof(nameOrPath));
    }

    public EndpointLimit? LimitOf(HttpRequest request) => Endpoints.Length == 0
        ? null
        : Array.Find(Endpoints, endpoint => request.Method == endpoint.Method && Matches(request.Path, endpoint.Path));

    private bool Matches(PathString path, string pattern)
    {
        var actual = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var expected = $"{BasePath}/v1{pattern}".Split('/', StringSplitOptions.RemoveEmptyEntries);
        return actual.Length == expected.Length && actual.Zip(expected).All(pair =>
            pair.Second[0] == '{' || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
