namespace OdcPowerShell.Http;

/// <summary>A request to the tenant's APIs; the path is escaped and starts with a slash.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path, Query? Query = null, HttpContent? Body = null, Operation? Operation = null);

/// <summary>A successful answer, whole.</summary>
internal sealed record ApiAnswer(int Status, string? ContentType, byte[] Body);
