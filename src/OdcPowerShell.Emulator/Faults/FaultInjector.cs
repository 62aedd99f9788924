namespace OdcPowerShell.Emulator;

/// <summary>Spoils the requests that the tenant's <see cref="FaultPlan"/> draws.</summary>
internal sealed class FaultInjector(EmulatedTenant tenant)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        context.Features.Get<RequestTrace>() is { } trace && tenant.Faults?.Draw(context.Request) is { } draw
            ? SpoilAsync(new FaultyExchange(context, trace, draw), context, next)
            : next(context);

    private static async Task SpoilAsync(FaultyExchange exchange, HttpContext context, RequestDelegate next)
    {
        // The kinds stand in the order of Fault's remark: those behind SlowFirstByte spoil the operation's answer.
        if (exchange.Draw.Kind > Fault.SlowFirstByte)
        {
            await SpoiledAnswer.SendAsync(exchange, await CaptureAsync(context, next));
            return;
        }

        exchange.Inject();
        switch (exchange.Draw.Kind)
        {
            case Fault.ResetBeforeHeaders:
                exchange.Reset(status: 0);
                break;
            case Fault.SlowFirstByte:
                await Task.Delay(exchange.Draw.Plan.Delay, context.RequestAborted);
                await next(context);
                break;
            default:
                await GatewayAnswer.SendAsync(context, exchange.Draw.Kind);
                break;
        }
    }

    private static async Task<byte[]> CaptureAsync(HttpContext context, RequestDelegate next)
    {
        var sent = context.Response.Body;
        using var captured = new MemoryStream();
        context.Response.Body = captured;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = sent;
        }

        return captured.ToArray();
    }
}
