using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OdcPowerShell.Emulator;

/// <summary>The switches of <see cref="EmulatedTenant"/> for callers in other processes; anonymous, it is an emulator.</summary>
internal sealed class ControlApi(EmulatedTenant tenant, IReadOnlyList<EmulatedTenant> tenants)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/_emulator", ["GET"], State);
        Put<SecondsBody>(endpoints, "token-lifetime", ControlJson.Default.SecondsBody, (_, body) =>
            tenant.TokenLifetime = Seconds(body.Seconds));
        Put<MillisecondsBody>(endpoints, "latency", ControlJson.Default.MillisecondsBody, (_, body) =>
            tenant.Latency = TimeSpan.FromMilliseconds(body.Milliseconds));
        Put<MillisecondsBody>(endpoints, "bulk-duration", ControlJson.Default.MillisecondsBody, (_, body) =>
            tenant.BulkDuration = TimeSpan.FromMilliseconds(body.Milliseconds));
        Put<HideReasonsBody>(endpoints, "hide-reasons", ControlJson.Default.HideReasonsBody, (_, body) => tenant.HideReasons = body.Hide);
        Put<LimitsBody>(endpoints, "limits", ControlJson.Default.LimitsBody, (_, body) =>
        {
            tenant.EnforceLimits = body.Enforce ?? tenant.EnforceLimits;
            tenant.LimitWindow = body.WindowSeconds is { } seconds ? Seconds(seconds) : tenant.LimitWindow;
        });
        Put<CannedBody>(endpoints, "answers", ControlJson.Default.CannedBody, (_, body) => tenant.Answer(body.Path, body.ToAnswer()));
        endpoints.MapMethods("/_emulator/answers", ["DELETE"], context => Done(context, tenant.ClearAnswers));
        Put<FaultsBody>(endpoints, "faults", ControlJson.Default.FaultsBody, (_, body) => tenant.Faults = body.ToPlan());
        endpoints.MapMethods("/_emulator/faults", ["DELETE"], context => Done(context, () => tenant.Faults = null));

        Post(endpoints, "suspend", client => client.Suspend());
        Post(endpoints, "resume", client => client.Resume());
        Post(endpoints, "expire", client => client.ExpireSecret());
        Post(endpoints, "rotate", client => client.RotateSecret());
        Put<string[]>(endpoints, "clients/{name}/permissions", ControlJson.Default.StringArray, (context, body) =>
            Client(context).Permissions = body);

        endpoints.MapMethods("/_emulator/statistics", ["GET"], context => Json(
            context, StatisticsBody.Of(tenant.Statistics), ControlJson.Default.StatisticsBody));
        endpoints.MapMethods("/_emulator/statistics", ["DELETE"], context => Done(context, tenant.Statistics.Clear));
        endpoints.Map("/_emulator/{**path}", context => Problem.WriteAsync(context, Cause.NotBuilt(context.Request)));
    }

    private Task State(HttpContext context) =>
        Json(context, new StateBody([.. tenants.Select(TenantBody.Of)]), ControlJson.Default.StateBody);

    private void Post(IEndpointRouteBuilder endpoints, string action, Action<ApiClient> act) =>
        endpoints.MapMethods($"/_emulator/clients/{{name}}/{action}", ["POST"], context => Guarded(context, () =>
        {
            var client = Client(context);
            act(client);
            return Json(context, ClientBody.Of(client), ControlJson.Default.ClientBody);
        }));

    private static void Put<T>(IEndpointRouteBuilder endpoints, string path, JsonTypeInfo<T> type, Action<HttpContext, T> act) =>
        endpoints.MapMethods($"/_emulator/{path}", ["PUT"], context => Guarded(context, async () =>
        {
            var body = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            act(context, body ?? throw new ProblemException(Cause.BadParameter("The request has no body.")));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }));

    private static Task Done(HttpContext context, Action act)
    {
        act();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task Guarded(HttpContext context, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ProblemException e)
        {
            await Problem.WriteAsync(context, e.Cause);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException)
        {
            await Problem.WriteAsync(context, Cause.BadParameter(e.Message));
        }
    }

    private ApiClient Client(HttpContext context) =>
        tenant.Clients.GetValueOrDefault((string)context.Request.RouteValues["name"]!)
        ?? throw new ProblemException(new Cause(404, 1, "The tenant has no such API client."));

    private static TimeSpan Seconds(double seconds) => seconds >= 0
        ? TimeSpan.FromSeconds(seconds)
        : throw new ProblemException(Cause.BadParameter("Seconds must not be negative."));

    private static Task Json<T>(HttpContext context, T body, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(body, type, cancellationToken: context.RequestAborted);
}
