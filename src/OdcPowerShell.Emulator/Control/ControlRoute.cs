namespace OdcPowerShell.Emulator;

/// <summary>A route of the control API as <c>GET /_emulator</c> lists it.</summary>
/// <param name="Verb">Its method.</param>
/// <param name="Path">Its path.</param>
/// <param name="Body">An example of its body; null where it takes none.</param>
/// <param name="Does">What it does.</param>
internal sealed record ControlRoute(string Verb, string Path, string? Body, string Does);

/// <summary>What a route does, kept with the route, so that the list is never behind.</summary>
internal sealed record RouteNote(string Does, string? Body);

/// <summary>Notes on routes.</summary>
internal static class ControlRoutes
{
    internal static void Does(this IEndpointConventionBuilder route, string does, string? body = null) => route.WithMetadata(new RouteNote(does, body));

    /// <summary>Every route that has a note.</summary>
    internal static IReadOnlyList<ControlRoute> Of(EndpointDataSource endpoints) =>
    [
        .. (from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
            let note = endpoint.Metadata.GetMetadata<RouteNote>()
            where note is not null
            from verb in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            select new ControlRoute(verb, endpoint.RoutePattern.RawText!, note.Body, note.Does))
            .OrderBy(route => $"{route.Path} {route.Verb}", StringComparer.Ordinal),
    ];
}
