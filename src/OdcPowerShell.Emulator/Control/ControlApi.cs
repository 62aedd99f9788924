namespace OdcPowerShell.Emulator;

/// <summary>A call of the control API with an example of its body, as <c>GET /_emulator</c> lists it.</summary>
internal sealed record ControlRoute(string Verb, string Path, string? Body, string Does);

/// <summary>
/// The switches of <see cref="EmulatedTenant"/> for callers in other processes; anonymous, it is an emulator. Their texts are in
/// Seed/Tenant/control.json, and the README has the same table.
/// </summary>
internal sealed class ControlApi
{
    private readonly EmulatedTenant _tenant;
    private readonly Row[] _rows;

    public ControlApi(EmulatedTenant tenant, OdcEmulator emulator)
    {
        _tenant = tenant;
        var (delivery, storage) = (tenant.Delivery, tenant.Delivery.Storage);
        _rows =
        [
            Call("GET", "", _ => State(emulator)),
            Call("DELETE", "answers", _ => Done(tenant.ClearAnswers)),
            Call<JsonElement>("PUT", "answers", body => tenant.Answer(Read<PathBody>(body).Path, Read<CannedAnswer>(body))),
            Call<SwitchBody>("PUT", "bulk-duration", body => tenant.BulkDuration = body.Time),
            Call("POST", "clients/{name}/expire", route => Change(route, client => client.ExpireSecret())),
            Call<string[]>("PUT", "clients/{name}/permissions", (route, body) => Client(route).Permissions = body),
            Call("POST", "clients/{name}/resume", route => Change(route, client => client.Resume())),
            Call("POST", "clients/{name}/rotate", route => Change(route, client => client.RotateSecret())),
            Call("POST", "clients/{name}/suspend", route => Change(route, client => client.Suspend())),
            Call("POST", "delivery/approve-libraries", _ => Done(delivery.ApproveLibraries)),
            Call("POST", "delivery/expire-urls", _ => Done(storage.ExpireUrls)),
            Call<SwitchBody>("PUT", "delivery/operation-duration", body => delivery.OperationDuration = body.Time),
            Call("DELETE", "delivery/plans", _ => Done(delivery.ClearPlans)),
            Call<JsonElement>("POST", "delivery/plans", body => Plan(Read<PlanBody>(body), Read<OperationPlan>(body))),
            Call("GET", "delivery/refused-authorizations", _ => storage.RefusedAuthorizations),
            Call<SwitchBody>("POST", "delivery/skip-time", body => delivery.SkipTime(body.Time)),
            Call<SwitchBody>("PUT", "delivery/storage", body => (storage.ContentSize, storage.SourceLimit, storage.UrlLifetime) = (
                body.ContentSize ?? storage.ContentSize,
                body.SourceLimit ?? storage.SourceLimit,
                SwitchBody.Span(body.UrlLifetimeSeconds) ?? storage.UrlLifetime)),
            Call("DELETE", "faults", _ => Done(() => tenant.Faults = null)),
            Call<FaultsBody>("PUT", "faults", body => tenant.Faults = new FaultPlan(body.Seed, body.Share, body.Kinds)
            {
                IncludeSignIn = body.IncludeSignIn,
                Delay = SwitchBody.Span(body.DelayMilliseconds / 1000)!.Value,
            }),
            Call<SwitchBody>("PUT", "hide-reasons", body => tenant.HideReasons = body.Hide ?? throw ProblemException.Missing("hide")),
            Call<SwitchBody>("PUT", "latency", body => tenant.Latency = body.Time),
            Call<SwitchBody>("PUT", "limits", body => (tenant.EnforceLimits, tenant.LimitWindow) =
                (body.Enforce ?? tenant.EnforceLimits, SwitchBody.Span(body.WindowSeconds) ?? tenant.LimitWindow)),
            Call("DELETE", "statistics", _ => Done(tenant.Statistics.Clear)),
            Call("GET", "statistics", _ => tenant.Statistics),
            Call<SwitchBody>("PUT", "token-lifetime", body => tenant.TokenLifetime = body.Time),
        ];
    }

    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            var segments = Template.Split(context.Request.Path.Value!);
            var row = Array.Find(_rows, row => row.Verb == context.Request.Method && row.Template.Match(segments) is not null)
                ?? throw new ProblemException(Cause.NotBuilt(context.Request));
            var answer = await row.Act(context, row.Template.Match(segments)!);
            if (answer is null)
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            else
                await context.Response.WriteAsJsonAsync(answer, answer.GetType(), Json.Control, null, context.RequestAborted);
        }
        catch (ProblemException e)
        {
            await Problem.WriteAsync(context, e.Cause);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException)
        {
            await Problem.WriteAsync(context, new Cause(400, 1, e.Message));
        }
    }

    private static Row Call(string verb, string path, Func<IReadOnlyDictionary<string, string>, object?> act) =>
        new(verb, new Template($"_emulator/{path}"), (_, route) => Task.FromResult(act(route)));

    private static Row Call<T>(string verb, string path, Action<T> act) => Call<T>(verb, path, (_, body) => act(body));

    private static Row Call<T>(string verb, string path, Action<IReadOnlyDictionary<string, string>, T> act) =>
        new(verb, new Template($"_emulator/{path}"), async (context, route) =>
        {
            var body = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json.Control, context.RequestAborted);
            act(route, body ?? throw ProblemException.BadParameter("The request has no body."));
            return null;
        });

    private static T Read<T>(JsonElement body) => body.Deserialize<T>(Json.Control)!;

    private static object? Done(Action act)
    {
        act();
        return null;
    }

    private static object State(OdcEmulator emulator) => new
    {
        Tenants = emulator.Tenants.Select(tenant => new
        {
            tenant.Name, tenant.OrganizationName, tenant.Url, tenant.IdentityUrl, tenant.RealmId,
            TokenLifetimeSeconds = tenant.TokenLifetime.TotalSeconds, tenant.EnforceLimits,
            LimitWindowSeconds = tenant.LimitWindow.TotalSeconds, LatencyMilliseconds = tenant.Latency.TotalMilliseconds,
            BulkDurationMilliseconds = tenant.BulkDuration.TotalMilliseconds, tenant.HideReasons,
            Clients = tenant.Clients.ToDictionary(entry => entry.Key, entry => Body(entry.Value), StringComparer.Ordinal),
        }).ToArray(),
        Routes = Json.Seed<SeededRoute[]>("control").Select(route => new ControlRoute(
            route.Verb,
            route.Path,
            route.Body?.GetRawText(),
            route.Does
                .Replace("{kinds}", string.Join(", ", Enum.GetNames<Fault>()), StringComparison.Ordinal)
                .Replace("{operations}", string.Join(", ", Enum.GetNames<EmulatedOperation>()), StringComparison.Ordinal))).ToArray(),
    };

    private object Change(IReadOnlyDictionary<string, string> route, Action<ApiClient> act)
    {
        var client = Client(route);
        act(client);
        return Body(client);
    }

    private static object Body(ApiClient client) => new { client.ClientId, client.Secret, client.SecretExpiresOn, client.Suspended, client.Permissions };

    private void Plan(PlanBody body, OperationPlan plan)
    {
        var duration = SwitchBody.Span(body.DurationMilliseconds / 1000);
        plan = plan with { Duration = duration, Messages = plan.Messages ?? [], Conflicts = plan.Conflicts ?? [] };
        _tenant.Delivery.Plan(body.Operation, plan, body.Asset, body.Stage);
    }

    private ApiClient Client(IReadOnlyDictionary<string, string> route) =>
        _tenant.Clients.GetValueOrDefault(route["name"]) ?? throw new ProblemException(404, 1, "The tenant has no such API client.");

    private sealed record Row(string Verb, Template Template, Func<HttpContext, IReadOnlyDictionary<string, string>, Task<object?>> Act);

    private sealed record SeededRoute(string Verb, string Path, string Does, JsonElement? Body);
}

/// <summary>The switches that have one number, or a few of which any can be left out.</summary>
internal sealed record SwitchBody(
    double? Milliseconds = null, double? Seconds = null, bool? Hide = null, bool? Enforce = null, double? WindowSeconds = null,
    long? ContentSize = null, long? SourceLimit = null, double? UrlLifetimeSeconds = null)
{
    public TimeSpan Time => Span(Milliseconds / 1000 ?? Seconds) ?? throw ProblemException.BadParameter("The body has no time.");

    public static TimeSpan? Span(double? seconds) =>
        seconds < 0 ? throw ProblemException.BadParameter("A time must not be negative.")
        : seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}

internal sealed record FaultsBody(int Seed, double Share, Fault[] Kinds, bool IncludeSignIn = false, double DelayMilliseconds = 300);

/// <summary>The operations that a plan is for; the plan itself is read from the same body.</summary>
internal sealed record PlanBody(EmulatedOperation Operation, Guid? Asset = null, Guid? Stage = null, double? DurationMilliseconds = null);

/// <summary>The path that an answer is for; the answer itself is read from the same body.</summary>
internal sealed record PathBody(string Path);
