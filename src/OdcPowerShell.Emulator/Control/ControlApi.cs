using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OdcPowerShell.Emulator;

/// <summary>The switches of <see cref="EmulatedTenant"/> for callers in other processes; anonymous, it is an emulator.</summary>
internal sealed class ControlApi(EmulatedTenant tenant, IReadOnlyList<EmulatedTenant> tenants)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/_emulator", ["GET"], State).Does("Shows the tenants with their API clients, and these routes.");
        Put<SecondsBody>(endpoints, "token-lifetime", ControlJson.Default.SecondsBody, (_, body) =>
            tenant.TokenLifetime = Seconds(body.Seconds)).Does("Sets how long new access tokens are valid.", """{"seconds":60}""");
        Put<MillisecondsBody>(endpoints, "latency", ControlJson.Default.MillisecondsBody, (_, body) =>
            tenant.Latency = TimeSpan.FromMilliseconds(body.Milliseconds)).Does("Delays every answer of an API.", """{"milliseconds":50}""");
        Put<MillisecondsBody>(endpoints, "bulk-duration", ControlJson.Default.MillisecondsBody, (_, body) =>
            tenant.BulkDuration = TimeSpan.FromMilliseconds(body.Milliseconds)).Does("Sets how long a bulk operation on users takes.", """{"milliseconds":300}""");
        Put<HideReasonsBody>(endpoints, "hide-reasons", ControlJson.Default.HideReasonsBody, (_, body) => tenant.HideReasons = body.Hide)
            .Does("Leaves the reasons out of rejected sign-ins, or not.", """{"hide":true}""");
        Put<LimitsBody>(endpoints, "limits", ControlJson.Default.LimitsBody, (_, body) =>
        {
            tenant.EnforceLimits = body.Enforce ?? tenant.EnforceLimits;
            tenant.LimitWindow = body.WindowSeconds is { } seconds ? Seconds(seconds) : tenant.LimitWindow;
        }).Does("Turns the rate limits on or off, and sets the length of their window.", """{"enforce":true,"windowSeconds":60}""");
        Put<CannedBody>(endpoints, "answers", ControlJson.Default.CannedBody, (_, body) => tenant.Answer(body.Path, body.ToAnswer()))
            .Does("Answers a path with this, always or so many times.", """{"path":"/api/identity/v1/users","status":200,"contentType":"text/html","body":"<html>","headers":{},"times":1}""");
        endpoints.MapMethods("/_emulator/answers", ["DELETE"], context => Done(context, tenant.ClearAnswers)).Does("Removes the answers set before.");
        Put<FaultsBody>(endpoints, "faults", ControlJson.Default.FaultsBody, (_, body) => tenant.Faults = body.ToPlan())
            .Does($"Has a share of the requests fail. Kinds: {string.Join(", ", Enum.GetNames<Fault>())}.", """{"seed":1,"share":0.1,"kinds":["ResetBeforeHeaders"],"includeSignIn":false,"delayMilliseconds":300}""");
        endpoints.MapMethods("/_emulator/faults", ["DELETE"], context => Done(context, () => tenant.Faults = null)).Does("Ends the faults.");

        Post(endpoints, "suspend", client => client.Suspend()).Does("Suspends an API client; its tokens expire.");
        Post(endpoints, "resume", client => client.Resume()).Does("Resumes an API client.");
        Post(endpoints, "expire", client => client.ExpireSecret()).Does("Lets the secret of an API client expire.");
        Post(endpoints, "rotate", client => client.RotateSecret()).Does("Generates a new secret for an API client; the answer has it.");
        Put<string[]>(endpoints, "clients/{name}/permissions", ControlJson.Default.StringArray, (context, body) =>
            Client(context).Permissions = body).Does("Replaces the permissions of an API client.", """["User management > View end users"]""");

        endpoints.MapMethods("/_emulator/statistics", ["GET"], context => Json(
            context, StatisticsBody.Of(tenant.Statistics), ControlJson.Default.StatisticsBody)).Does("Lists the requests since the start or the last DELETE.");
        endpoints.MapMethods("/_emulator/statistics", ["DELETE"], context => Done(context, tenant.Statistics.Clear)).Does("Forgets the requests.");
        endpoints.Map("/_emulator/{**path}", context => Problem.WriteAsync(context, Cause.NotBuilt(context.Request)));
    }

    private Task State(HttpContext context) => Json(
        context, new StateBody([.. tenants.Select(TenantBody.Of)], ControlRoutes.Of(context.RequestServices.GetRequiredService<EndpointDataSource>())), ControlJson.Default.StateBody);

    private IEndpointConventionBuilder Post(IEndpointRouteBuilder endpoints, string action, Action<ApiClient> act) =>
        endpoints.MapMethods($"/_emulator/clients/{{name}}/{action}", ["POST"], context => Guarded(context, () =>
        {
            var client = Client(context);
            act(client);
            return Json(context, ClientBody.Of(client), ControlJson.Default.ClientBody);
        }));

    private static IEndpointConventionBuilder Put<T>(IEndpointRouteBuilder endpoints, string path, JsonTypeInfo<T> type, Action<HttpContext, T> act) =>
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
