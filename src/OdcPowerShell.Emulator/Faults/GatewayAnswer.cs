using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

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
