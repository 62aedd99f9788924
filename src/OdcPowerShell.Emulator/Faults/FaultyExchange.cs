namespace OdcPowerShell.Emulator;

/// <summary>A request, its record and the fault drawn for it.</summary>
internal sealed class FaultyExchange(HttpContext context, RequestTrace trace, FaultDraw draw)
{
    public FaultDraw Draw => draw;

    public HttpResponse Response => context.Response;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>Says that the fault happens; before the answer leaves.</summary>
    public void Inject()
    {
        trace.Fault = draw.Kind;
        draw.Plan.CountInjected();
    }

    /// <summary>Resets the connection; recorded first, for the caller notices at once.</summary>
    public void Reset(int status)
    {
        trace.Record(status);
        context.Abort();
    }
}
