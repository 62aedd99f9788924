using Microsoft.AspNetCore.WebUtilities;

namespace OdcPowerShell.Emulator;

/// <summary>Spoils the requests that the tenant's <see cref="FaultPlan"/> draws.</summary>
internal sealed class FaultInjector(EmulatedTenant tenant)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        context.Features.Get<RecordedRequest>() is { } record && tenant.Faults?.Draw(context.Request) is { } draw
            ? new FaultyExchange(context, tenant.Statistics, record, draw).SpoilAsync(next)
            : next(context);
}

internal sealed class FaultyExchange(HttpContext context, EmulatorStatistics statistics, RecordedRequest record, FaultDraw draw)
{
    private const int Megabyte = 1024 * 1024;
    private const int HugeMegabytes = 20;
    private const int Dribbles = 10;

    // Time to read what was sent: on Windows a reset discards bytes that were not read.
    private static readonly TimeSpan s_readingTime = TimeSpan.FromMilliseconds(50);

    private readonly HttpResponse _response = context.Response;
    private readonly CancellationToken _aborted = context.RequestAborted;

    /// <summary>The kinds are in the order of <see cref="Fault"/>'s remark: those after SlowFirstByte spoil the operation's answer.</summary>
    public async Task SpoilAsync(RequestDelegate next)
    {
        if (draw.Kind > Fault.SlowFirstByte)
        {
            await SpoilAnswerAsync(await CaptureAsync(next));
            return;
        }

        Inject();
        await (draw.Kind switch
        {
            Fault.ResetBeforeHeaders => ResetAsync(status: 0),
            Fault.Html502 => Page(StatusCodes.Status502BadGateway).WriteAsync(context),
            Fault.Html503 => Page(StatusCodes.Status503ServiceUnavailable).WriteAsync(context),
            Fault.Status408 => TimeOutAsync(),
            Fault.Throttled => ThrottleAsync(retryAfter: null),
            Fault.ThrottledSeconds => ThrottleAsync("1"),
            // Its fraction is cut off: 1 to 2 seconds remain.
            Fault.ThrottledDate => ThrottleAsync(DateTimeOffset.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture)),
            Fault.HugeError => HugeAsync(),
            Fault.SlowFirstByte => DelayAsync(next),
            _ => Problem.WriteAsync(context, new Cause(500, 1, "An unexpected error occurred.")),
        });
    }

    // Records that the fault happens, before the answer leaves.
    private void Inject()
    {
        record.Fault = draw.Kind;
        draw.Plan.CountInjected();
    }

    // Recorded first, because the caller notices at once.
    private Task ResetAsync(int status)
    {
        statistics.Record(record, status);
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

    private static CannedAnswer Page(int status)
    {
        var title = $"{status.ToString(CultureInfo.InvariantCulture)} {ReasonPhrases.GetReasonPhrase(status)}";
        var body = $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n";
        return new CannedAnswer(status, "text/html", body);
    }

    private Task TimeOutAsync()
    {
        _response.Headers.Connection = "close";
        return new CannedAnswer(StatusCodes.Status408RequestTimeout, ContentType: "").WriteAsync(context);
    }

    private Task ThrottleAsync(string? retryAfter)
    {
        _response.Headers.RetryAfter = retryAfter;
        return Problem.WriteAsync(context, Cause.TooManyRequests);
    }

    private async Task HugeAsync()
    {
        (_response.StatusCode, _response.ContentType, _response.ContentLength) = (500, "text/html", HugeMegabytes * Megabyte);
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<p>error</p>\r\n  ", Megabyte / 16)));
        for (var i = 0; i < HugeMegabytes; i++)
            await _response.Body.WriteAsync(block, _aborted);
    }

    private async Task DelayAsync(RequestDelegate next)
    {
        await Task.Delay(draw.Plan.Delay, _aborted);
        await next(context);
    }

    private async Task SpoilAnswerAsync(byte[] body)
    {
        if (Spoiled(body) is not { } sent)
        {
            if (body.Length > 0)
                await WriteAsync(body, _response.ContentLength);
            return;
        }

        Inject();
        if (draw.Kind == Fault.WrongContentType)
            _response.ContentType = "text/plain; charset=utf-8";
        if (draw.Kind == Fault.SlowBody)
            await DribbleAsync(body);
        else if (draw.Kind != Fault.LostAnswer)
            await WriteAsync(sent, LengthOf(body, sent));
        if (draw.Kind == Fault.ResetInBody)
        {
            await _response.Body.FlushAsync(_aborted);
            await Task.Delay(s_readingTime, _aborted);
        }

        if (draw.Kind is Fault.LostAnswer or Fault.ResetInBody)
            await ResetAsync(_response.StatusCode);
    }

    private long? LengthOf(byte[] body, byte[] sent) => draw.Kind switch
    {
        Fault.ResetInBody => _response.ContentLength,
        Fault.ShortBody => body.Length,
        _ => sent.Length,
    };

    // What is sent of the body; null when there is nothing to spoil.
    private byte[]? Spoiled(byte[] body) => draw.Kind switch
    {
        Fault.LostAnswer => body,
        _ when body.Length == 0 => null,
        Fault.SlowBody => body,
        Fault.ResetInBody or Fault.ShortBody => Half(body),
        _ when !_response.ContentType.AsSpan().Contains("json", StringComparison.OrdinalIgnoreCase) => null,
        Fault.WrongContentType => body,
        Fault.TruncatedJson => Half(body),
        _ => SpoiledJson.Of(draw, body),
    };

    private async Task DribbleAsync(byte[] body)
    {
        _response.ContentLength = body.Length;
        foreach (var piece in body.Chunk((body.Length + Dribbles - 1) / Dribbles))
        {
            await Task.Delay(draw.Plan.Delay / Dribbles, _aborted);
            await _response.Body.WriteAsync(piece, _aborted);
        }
    }

    private async Task WriteAsync(byte[] body, long? contentLength)
    {
        _response.ContentLength = contentLength;
        await _response.Body.WriteAsync(body, _aborted);
    }

    private static byte[] Half(byte[] body) => body[..(body.Length / 2)];
}

internal static class SpoiledJson
{
    /// <summary>The spoiled JSON, or null when the fault finds nothing in it to spoil.</summary>
    public static byte[]? Of(FaultDraw draw, byte[] json)
    {
        if (Parse(json) is not { } root)
            return null;
        if (draw.Kind == Fault.WrongTypes)
            SpoilTypes(root, items: draw.Number % 2 == 0);
        else if (root["page"] is JsonObject page)
            SpoilPage(page, draw);
        else
            return null;
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    // An answer that a test has set can be any text.
    private static JsonObject? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void SpoilTypes(JsonObject root, bool items)
    {
        var spoiled = items && root["results"] is JsonArray { Count: > 0 } results ? results.OfType<JsonObject>() : [root];
        foreach (var json in spoiled)
        {
            foreach (var (name, value) in json.ToArray())
            {
                json[name] = value?.GetValueKind() switch
                {
                    JsonValueKind.Array => 17,
                    JsonValueKind.Object => new JsonArray("x"),
                    JsonValueKind.String => new JsonObject(),
                    JsonValueKind.Number => "seventeen",
                    _ => new JsonArray(),
                };
            }
        }
    }

    private static void SpoilPage(JsonObject page, FaultDraw draw)
    {
        if (draw.Kind == Fault.TotalsChange)
        {
            var total = Number(page, "totalResults") + draw.Number;
            page["totalResults"] = total;
            page["totalPages"] = (int)Math.Ceiling(total / (double)Math.Max(1, Number(page, "limit")));
            return;
        }

        page["nextPageOffset"] = draw.Kind switch
        {
            Fault.NextStalls => Number(page, "offset"),
            Fault.NextRepeats => 0,
            _ => -1,
        };
    }

    private static int Number(JsonObject page, string name) => page[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
}
