using Microsoft.AspNetCore.WebUtilities;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>Answers that are given in front of the operation.</summary>
internal static class GatewayAnswer
{
    private const int Megabyte = 1024 * 1024;
    private const int HugeMegabytes = 20;

    private static readonly Cause s_broken = new(500, 1, "An unexpected error occurred.");

    public static Task SendAsync(HttpContext context, Fault fault)
    {
        switch (fault)
        {
            case Fault.Html502:
                return PageAsync(context, StatusCodes.Status502BadGateway);
            case Fault.Html503:
                return PageAsync(context, StatusCodes.Status503ServiceUnavailable);
            case Fault.Status408:
                context.Response.StatusCode = StatusCodes.Status408RequestTimeout;
                context.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            case Fault.Throttled:
                return ThrottleAsync(context, retryAfter: null);
            case Fault.ThrottledSeconds:
                return ThrottleAsync(context, "1");
            case Fault.ThrottledDate:
                // Its fraction is cut off: 1 to 2 seconds remain.
                return ThrottleAsync(context, DateTimeOffset.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture));
            case Fault.HugeError:
                return HugeAsync(context);
            default:
                return Problem.WriteAsync(context, s_broken);
        }
    }

    private static Task PageAsync(HttpContext context, int status)
    {
        var title = $"{status.ToString(CultureInfo.InvariantCulture)} {ReasonPhrases.GetReasonPhrase(status)}";
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n",
            context.RequestAborted);
    }

    private static Task ThrottleAsync(HttpContext context, string? retryAfter)
    {
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return Problem.WriteAsync(context, Cause.TooManyRequests);
    }

    private static async Task HugeAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/html";
        context.Response.ContentLength = HugeMegabytes * Megabyte;
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<p>error</p>\r\n  ", Megabyte / 16)));
        for (var i = 0; i < HugeMegabytes; i++)
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
    }
}

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

/// <summary>JSON that can be read but is wrong.</summary>
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
        if (items && root["results"] is JsonArray { Count: > 0 } results)
        {
            foreach (var item in results.OfType<JsonObject>())
                SpoilMembers(item);
        }
        else
        {
            SpoilMembers(root);
        }
    }

    private static void SpoilMembers(JsonObject json)
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

    private static int Number(JsonObject page, string name) =>
        page[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
}
