using Microsoft.AspNetCore.WebUtilities;

namespace OdcPowerShell.Emulator;

/// <summary>Spoils the requests that the tenant's <see cref="FaultPlan"/> draws.</summary>
internal sealed class FaultInjector(EmulatedTenant tenant)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        context.Features.Get<RequestTrace>() is { } trace && tenant.Faults?.Draw(context.Request) is { } draw
            ? new FaultyExchange(context, trace, draw).SpoilAsync(next)
            : next(context);
}

internal sealed class FaultyExchange(HttpContext context, RequestTrace trace, FaultDraw draw)
{
    private const int Megabyte = 1024 * 1024;
    private const int HugeMegabytes = 20;
    private const int Dribbles = 10;

    // Time to read what has come: on Windows a reset takes unread bytes away.
    private static readonly TimeSpan s_readingTime = TimeSpan.FromMilliseconds(50);

    private readonly HttpResponse _response = context.Response;
    private readonly CancellationToken _aborted = context.RequestAborted;

    /// <summary>The kinds stand in the order of <see cref="Fault"/>'s remark: those behind SlowFirstByte spoil the operation's answer.</summary>
    public async Task SpoilAsync(RequestDelegate next)
    {
        if (draw.Kind > Fault.SlowFirstByte)
        {
            await SpoilAnswerAsync(await CaptureAsync(next));
            return;
        }

        Inject();
        if (draw.Kind == Fault.SlowFirstByte)
        {
            await Task.Delay(draw.Plan.Delay, _aborted);
            await next(context);
        }
        else
        {
            await AnswerInFrontAsync();
        }
    }

    // Says that the fault happens; before the answer leaves.
    private void Inject()
    {
        trace.Fault = draw.Kind;
        draw.Plan.CountInjected();
    }

    // Recorded first, for the caller notices at once.
    private Task ResetAsync(int status)
    {
        trace.Record(status);
        context.Abort();
        return Task.CompletedTask;
    }

    private async Task<byte[]> CaptureAsync(RequestDelegate next)
    {
        var sent = _response.Body;
        using var captured = new MemoryStream();
        _response.Body = captured;
        try
        {
            await next(context);
        }
        finally
        {
            _response.Body = sent;
        }

        return captured.ToArray();
    }

    private Task AnswerInFrontAsync()
    {
        switch (draw.Kind)
        {
            case Fault.ResetBeforeHeaders:
                return ResetAsync(status: 0);
            case Fault.Html502:
                return PageAsync(StatusCodes.Status502BadGateway);
            case Fault.Html503:
                return PageAsync(StatusCodes.Status503ServiceUnavailable);
            case Fault.Status408:
                _response.StatusCode = StatusCodes.Status408RequestTimeout;
                _response.Headers.Connection = "close";
                return Task.CompletedTask;
            case Fault.Throttled:
                return Problem.WriteAsync(context, Cause.TooManyRequests);
            case Fault.ThrottledSeconds:
                return ThrottleAsync("1");
            case Fault.ThrottledDate:
                // Its fraction is cut off: 1 to 2 seconds remain.
                return ThrottleAsync(DateTimeOffset.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture));
            case Fault.HugeError:
                return HugeAsync();
            default:
                return Problem.WriteAsync(context, new Cause(500, 1, "An unexpected error occurred."));
        }
    }

    private Task PageAsync(int status)
    {
        var title = $"{status.ToString(CultureInfo.InvariantCulture)} {ReasonPhrases.GetReasonPhrase(status)}";
        _response.StatusCode = status;
        _response.ContentType = "text/html";
        return _response.WriteAsync(
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n", _aborted);
    }

    private Task ThrottleAsync(string retryAfter)
    {
        _response.Headers.RetryAfter = retryAfter;
        return Problem.WriteAsync(context, Cause.TooManyRequests);
    }

    private async Task HugeAsync()
    {
        _response.StatusCode = StatusCodes.Status500InternalServerError;
        _response.ContentType = "text/html";
        _response.ContentLength = HugeMegabytes * Megabyte;
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<p>error</p>\r\n  ", Megabyte / 16)));
        for (var i = 0; i < HugeMegabytes; i++)
            await _response.Body.WriteAsync(block, _aborted);
    }

    private Task SpoilAnswerAsync(byte[] body)
    {
        if (draw.Kind == Fault.LostAnswer)
        {
            Inject();
            return ResetAsync(_response.StatusCode);
        }

        if (body.Length == 0)
            return Task.CompletedTask;
        if (draw.Kind is Fault.ResetInBody or Fault.ShortBody or Fault.SlowBody)
            Inject();
        return draw.Kind switch
        {
            Fault.ResetInBody => ResetInBodyAsync(body),
            Fault.ShortBody => WriteAsync(Half(body), body.Length),
            Fault.SlowBody => DribbleAsync(body),
            _ => SpoilJsonAsync(body),
        };
    }

    private Task SpoilJsonAsync(byte[] body)
    {
        var spoiled = !_response.ContentType.AsSpan().Contains("json", StringComparison.OrdinalIgnoreCase) ? null : draw.Kind switch
        {
            Fault.WrongContentType => body,
            Fault.TruncatedJson => Half(body),
            _ => SpoiledJson.Of(draw, body),
        };
        if (spoiled is null)
            return WriteAsync(body, _response.ContentLength);
        Inject();
        if (draw.Kind == Fault.WrongContentType)
            _response.ContentType = "text/plain; charset=utf-8";
        return WriteAsync(spoiled, spoiled.Length);
    }

    private async Task ResetInBodyAsync(byte[] body)
    {
        await WriteAsync(Half(body), _response.ContentLength);
        await _response.Body.FlushAsync(_aborted);
        await Task.Delay(s_readingTime, _aborted);
        await ResetAsync(_response.StatusCode);
    }

    private async Task DribbleAsync(byte[] body)
    {
        _response.ContentLength = body.Length;
        foreach (var piece in body.Chunk((body.Length + Dribbles - 1) / Dribbles))
        {
            await Task.Delay(draw.Plan.Delay / Dribbles, _aborted);
            await _response.Body.WriteAsync(piece, _aborted);
        }
    }

    private Task WriteAsync(byte[] body, long? contentLength)
    {
        _response.ContentLength = contentLength;
        return _response.Body.WriteAsync(body, _aborted).AsTask();
    }

    private static byte[] Half(byte[] body) => body[..(body.Length / 2)];
}
