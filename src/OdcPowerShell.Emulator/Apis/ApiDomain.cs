namespace OdcPowerShell.Emulator;

/// <summary>One operation with a limit of its own.</summary>
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
