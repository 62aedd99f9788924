namespace OdcPowerShell.Emulator;

/// <summary>What later steps of a request tell the <see cref="RequestRecorder"/>.</summary>
internal sealed class RequestTrace
{
    public string? ClientId { get; set; }
}

/// <summary>Records each request before its answer leaves, so that a caller who has the answer also finds the record.</summary>
internal sealed class RequestRecorder(EmulatedTenant tenant)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/_emulator", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var at = DateTimeOffset.UtcNow;
        var isTokenRequest = HttpMethods.IsPost(request.Method)
            && request.Path.Equals(tenant.TokenEndpoint.AbsolutePath, StringComparison.Ordinal);
        var body = isTokenRequest ? null : await ReadBodyAsync(context);
        var trace = new RequestTrace();
        context.Features.Set(trace);

        var recorded = false;
        Task Record()
        {
            if (!recorded)
            {
                recorded = true;
                tenant.Statistics.Add(
                    new RecordedRequest(
                        request.Method,
                        request.Path.Value + request.QueryString.Value,
                        trace.ClientId,
                        context.Response.StatusCode,
                        at,
                        request.Headers.Authorization.Count > 0,
                        body),
                    isTokenRequest);
            }

            return Task.CompletedTask;
        }

        context.Response.OnStarting(Record);
        try
        {
            await next(context);
        }
        finally
        {
            if (!context.Response.HasStarted && context.RequestAborted.IsCancellationRequested)
            {
                // As proxies log it: the caller left before the answer.
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                await Record();
            }
        }
    }

    private static async Task<string?> ReadBodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
            return null;
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        request.Body.Position = 0;
        return body;
    }
}
