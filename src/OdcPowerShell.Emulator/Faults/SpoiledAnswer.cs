namespace OdcPowerShell.Emulator;

/// <summary>Spoils the answer of an operation that has run.</summary>
internal static class SpoiledAnswer
{
    private const int Dribbles = 10;

    // Time to read what has come: on Windows a reset takes unread bytes away.
    private static readonly TimeSpan s_readingTime = TimeSpan.FromMilliseconds(50);

    public static Task SendAsync(FaultyExchange exchange, byte[] body)
    {
        var kind = exchange.Draw.Kind;
        if (kind == Fault.LostAnswer)
        {
            exchange.Inject();
            exchange.Reset(exchange.Response.StatusCode);
            return Task.CompletedTask;
        }

        if (body.Length == 0)
            return Task.CompletedTask;
        if (kind is Fault.ResetInBody or Fault.ShortBody or Fault.SlowBody)
            exchange.Inject();
        return kind switch
        {
            Fault.ResetInBody => ResetInBodyAsync(exchange, body),
            Fault.ShortBody => WriteAsync(exchange, Half(body), body.Length),
            Fault.SlowBody => DribbleAsync(exchange, body),
            _ => JsonAsync(exchange, body),
        };
    }

    private static Task JsonAsync(FaultyExchange exchange, byte[] body)
    {
        if (!exchange.Response.ContentType.AsSpan().Contains("json", StringComparison.OrdinalIgnoreCase)
            || Spoil(exchange.Draw, body) is not { } spoiled)
            return WriteAsync(exchange, body, exchange.Response.ContentLength);
        exchange.Inject();
        if (exchange.Draw.Kind == Fault.WrongContentType)
            exchange.Response.ContentType = "text/plain; charset=utf-8";
        return WriteAsync(exchange, spoiled, spoiled.Length);
    }

    private static byte[]? Spoil(FaultDraw draw, byte[] body) => draw.Kind switch
    {
        Fault.WrongContentType => body,
        Fault.TruncatedJson => Half(body),
        _ => SpoiledJson.Of(draw, body),
    };

    private static async Task ResetInBodyAsync(FaultyExchange exchange, byte[] body)
    {
        await WriteAsync(exchange, Half(body), exchange.Response.ContentLength);
        await exchange.Response.Body.FlushAsync(exchange.Aborted);
        await Task.Delay(s_readingTime, exchange.Aborted);
        exchange.Reset(exchange.Response.StatusCode);
    }

    private static async Task DribbleAsync(FaultyExchange exchange, byte[] body)
    {
        exchange.Response.ContentLength = body.Length;
        foreach (var piece in body.Chunk((body.Length + Dribbles - 1) / Dribbles))
        {
            await Task.Delay(exchange.Draw.Plan.Delay / Dribbles, exchange.Aborted);
            await exchange.Response.Body.WriteAsync(piece, exchange.Aborted);
        }
    }

    private static Task WriteAsync(FaultyExchange exchange, byte[] body, long? contentLength)
    {
        exchange.Response.ContentLength = contentLength;
        return exchange.Response.Body.WriteAsync(body, exchange.Aborted).AsTask();
    }

    private static byte[] Half(byte[] body) => body[..(body.Length / 2)];
}
