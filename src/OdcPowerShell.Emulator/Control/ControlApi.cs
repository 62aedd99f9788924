namespace OdcPowerShell.Emulator;

/// <summary>A call of the control API with an example of its body, as <c>GET /_emulator</c> lists it.</summary>
internal sealed record ControlRoute(string Verb, string Path, string? Body, string Does);

/// <summary>
/// The switches of <see cref="EmulatedTenant"/> for callers in other processes; anonymous, it is an emulator. The README has the same table.
/// </summary>
internal sealed class ControlApi
{
    private const string Base = "/_emulator";
    private readonly EmulatedTenant _tenant;
    private readonly Row[] _rows;

    public ControlApi(EmulatedTenant tenant, IReadOnlyList<EmulatedTenant> tenants)
    {
        _tenant = tenant;
        var (delivery, storage) = (tenant.Delivery, tenant.Delivery.Storage);
        Row[] rows =
        [
            Call("GET", "", "Shows the tenants with their API clients, and these routes.", _ => State(tenants)),
            Call<SecondsBody>("PUT", "token-lifetime", "Sets how long new access tokens are valid.", """{"seconds":60}""", body =>
                tenant.TokenLifetime = body.Time),
            Call<MillisecondsBody>("PUT", "latency", "Delays every answer of an API.", """{"milliseconds":50}""", body => tenant.Latency = body.Time),
            Call<MillisecondsBody>("PUT", "bulk-duration", "Sets how long a bulk operation on users takes.", """{"milliseconds":300}""", body =>
                tenant.BulkDuration = body.Time),
            Call<HideReasonsBody>("PUT", "hide-reasons", "Leaves the reasons out of rejected sign-ins, or not.", """{"hide":true}""", body =>
                tenant.HideReasons = body.Hide),
            Call<LimitsBody>(
                "PUT",
                "limits",
                "Turns the rate limits on or off, and sets the length of their window.",
                """{"enforce":true,"windowSeconds":60}""",
                body => body.Apply(tenant)),
            Call<JsonElement>(
                "PUT",
                "answers",
                "Answers a path with this, always or so many times.",
                """{"path":"/api/identity/v1/users","status":200,"contentType":"text/html","body":"<html>","headers":{},"times":1}""",
                body => tenant.Answer(Read<PathBody>(body).Path, Read<CannedAnswer>(body))),
            Call("DELETE", "answers", "Removes the answers set before.", _ => Done(tenant.ClearAnswers)),
            Call<FaultsBody>(
                "PUT",
                "faults",
                $"Has a share of the requests fail. Kinds: {string.Join(", ", Enum.GetNames<Fault>())}.",
                """{"seed":1,"share":0.1,"kinds":["ResetBeforeHeaders"],"includeSignIn":false,"delayMilliseconds":300}""",
                body => tenant.Faults = body.ToPlan()),
            Call("DELETE", "faults", "Ends the faults.", _ => Done(() => tenant.Faults = null)),
            Call("POST", "clients/{name}/suspend", "Suspends an API client; its tokens expire.", route => Change(route, client => client.Suspend())),
            Call("POST", "clients/{name}/resume", "Resumes an API client.", route => Change(route, client => client.Resume())),
            Call("POST", "clients/{name}/expire", "Lets the secret of an API client expire.", route => Change(route, client => client.ExpireSecret())),
            Call("POST", "clients/{name}/rotate", "Generates a new secret for an API client; the answer has it.", route =>
                Change(route, client => client.RotateSecret())),
            Call<string[]>(
                "PUT",
                "clients/{name}/permissions",
                "Replaces the permissions of an API client.",
                """["User management > View end users"]""",
                (route, body) => Client(route).Permissions = body),
            Call("GET", "statistics", "Lists the requests since the start or the last DELETE.", _ => new
            {
                tenant.Statistics.TokenRequests, tenant.Statistics.Requests, tenant.Statistics.Count429,
            }),
            Call("DELETE", "statistics", "Forgets the requests.", _ => Done(tenant.Statistics.Clear)),
            Call<MillisecondsBody>(
                "PUT",
                "delivery/operation-duration",
                "Sets how long builds, deployments, analyses and the like take.",
                """{"milliseconds":200}""",
                body => delivery.OperationDuration = body.Time),
            Call<MillisecondsBody>("POST", "delivery/skip-time", "Moves the time of these operations forward.", """{"milliseconds":60000}""", body =>
                delivery.SkipTime(body.Time)),
            Call<JsonElement>(
                "POST",
                "delivery/plans",
                $"Says how the next such operation ends, of any asset and stage or of one. Operations: {string.Join(", ", Enum.GetNames<EmulatedOperation>())}.",
                """{"operation":"Deploy","asset":null,"stage":null,"fails":true,"messages":["The disk is full."],"times":1}""",
                body => Read<PlanBody>(body).Apply(delivery, Read<OperationPlan>(body))),
            Call("DELETE", "delivery/plans", "Removes the plans that are left.", _ => Done(delivery.ClearPlans)),
            Call<StorageBody>(
                "PUT",
                "delivery/storage",
                "Sets the size of files, the largest upload, and how long URLs of files are valid.",
                """{"contentSize":1000,"sourceLimit":1000,"urlLifetimeSeconds":300}""",
                body => body.Apply(storage)),
            Call("POST", "delivery/expire-urls", "Lets all URLs of files expire.", _ => Done(storage.ExpireUrls)),
            Call("GET", "delivery/refused-authorizations", "Lists requests to the storage that carried an access token, which they must not.", _ =>
                storage.RefusedAuthorizations),
        ];
        _rows = [.. rows.OrderBy(row => row.Route.Path, StringComparer.Ordinal).ThenBy(row => row.Route.Verb, StringComparer.Ordinal)];
    }

    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            var segments = Template.Split(context.Request.Path.Value!);
            var row = Array.Find(_rows, row => row.Route.Verb == context.Request.Method && row.Template.Match(segments) is not null)
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

    private static Row Call(string verb, string path, string does, Func<IReadOnlyDictionary<string, string>, object?> act) =>
        new(new ControlRoute(verb, $"{Base}/{path}".TrimEnd('/'), null, does), (_, route) => Task.FromResult(act(route)));

    private static Row Call<T>(string verb, string path, string does, string example, Action<T> act) =>
        Call<T>(verb, path, does, example, (_, body) => act(body));

    private static Row Call<T>(string verb, string path, string does, string example, Action<IReadOnlyDictionary<string, string>, T> act) =>
        new(new ControlRoute(verb, $"{Base}/{path}", example, does), async (context, route) =>
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

    private object State(IReadOnlyList<EmulatedTenant> tenants) => new
    {
        Tenants = tenants.Select(tenant => new
        {
            tenant.Name, tenant.OrganizationName, tenant.Url, tenant.IdentityUrl, tenant.RealmId,
            TokenLifetimeSeconds = tenant.TokenLifetime.TotalSeconds, tenant.EnforceLimits,
            LimitWindowSeconds = tenant.LimitWindow.TotalSeconds, LatencyMilliseconds = tenant.Latency.TotalMilliseconds,
            BulkDurationMilliseconds = tenant.BulkDuration.TotalMilliseconds, tenant.HideReasons,
            Clients = tenant.Clients.ToDictionary(entry => entry.Key, entry => Body(entry.Value), StringComparer.Ordinal),
        }).ToArray(),
        Routes = _rows.Select(row => row.Route).ToArray(),
    };

    private object Change(IReadOnlyDictionary<string, string> route, Action<ApiClient> act)
    {
        var client = Client(route);
        act(client);
        return Body(client);
    }

    private static object Body(ApiClient client) => new { client.ClientId, client.Secret, client.SecretExpiresOn, client.Suspended, client.Permissions };

    private ApiClient Client(IReadOnlyDictionary<string, string> route) =>
        _tenant.Clients.GetValueOrDefault(route["name"]) ?? throw new ProblemException(404, 1, "The tenant has no such API client.");

    private sealed record Row(ControlRoute Route, Func<HttpContext, IReadOnlyDictionary<string, string>, Task<object?>> Act)
    {
        public Template Template { get; } = new(Route.Path);
    }
}

internal sealed record SecondsBody(double Seconds)
{
    public TimeSpan Time => Seconds >= 0 ? TimeSpan.FromSeconds(Seconds) : throw ProblemException.BadParameter("Seconds must not be negative.");
}

internal sealed record MillisecondsBody(double Milliseconds)
{
    public TimeSpan Time => TimeSpan.FromMilliseconds(Milliseconds);
}

internal sealed record HideReasonsBody(bool Hide);

internal sealed record LimitsBody(bool? Enforce = null, double? WindowSeconds = null)
{
    public void Apply(EmulatedTenant tenant)
    {
        tenant.EnforceLimits = Enforce ?? tenant.EnforceLimits;
        tenant.LimitWindow = WindowSeconds is { } seconds ? new SecondsBody(seconds).Time : tenant.LimitWindow;
    }
}

internal sealed record FaultsBody(int Seed, double Share, Fault[] Kinds, bool IncludeSignIn = false, double DelayMilliseconds = 300)
{
    public FaultPlan ToPlan() =>
        new(Seed, Share, Kinds) { IncludeSignIn = IncludeSignIn, Delay = TimeSpan.FromMilliseconds(DelayMilliseconds) };
}

internal sealed record StorageBody(long? ContentSize = null, long? SourceLimit = null, double? UrlLifetimeSeconds = null)
{
    public void Apply(EmulatedStorage storage)
    {
        storage.ContentSize = ContentSize ?? storage.ContentSize;
        storage.SourceLimit = SourceLimit ?? storage.SourceLimit;
        storage.UrlLifetime = UrlLifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : storage.UrlLifetime;
    }
}

/// <summary>The operations that a plan is for; the plan itself is read from the same body.</summary>
internal sealed record PlanBody(EmulatedOperation Operation, Guid? Asset = null, Guid? Stage = null, double? DurationMilliseconds = null)
{
    public void Apply(EmulatedDelivery delivery, OperationPlan plan)
    {
        var duration = DurationMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;
        delivery.Plan(Operation, plan with { Duration = duration, Messages = plan.Messages ?? [], Conflicts = plan.Conflicts ?? [] }, Asset, Stage);
    }
}

/// <summary>The path that an answer is for; the answer itself is read from the same body.</summary>
internal sealed record PathBody(string Path);
