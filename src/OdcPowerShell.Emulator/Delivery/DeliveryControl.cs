using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OdcPowerShell.Emulator;

/// <summary>The switches of <see cref="EmulatedDelivery"/> for callers in other processes.</summary>
internal sealed class DeliveryControl(EmulatedDelivery delivery)
{
    private const string Base = "/_emulator/delivery";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var json = DeliveryControlJson.Default;
        Map(endpoints, "PUT", "operation-duration", json.MillisecondsBody, body =>
            delivery.OperationDuration = TimeSpan.FromMilliseconds(body.Milliseconds)).Does("Sets how long builds, deployments, analyses and the like take.", """{"milliseconds":200}""");
        Map(endpoints, "POST", "skip-time", json.MillisecondsBody, body => delivery.SkipTime(TimeSpan.FromMilliseconds(body.Milliseconds)))
            .Does("Moves the time of these operations forward.", """{"milliseconds":60000}""");
        Map(endpoints, "POST", "plans", json.PlanBody, body => delivery.Plan(body.Operation, body.ToPlan(), body.Asset, body.Stage))
            .Does($"Says how the next such operation ends, of any asset and stage or of one. Operations: {string.Join(", ", Enum.GetNames<EmulatedOperation>())}.", PlanBody.Example);
        Map(endpoints, "PUT", "storage", json.StorageBody, body => body.Apply(delivery.Storage))
            .Does("Sets the size of files, the largest upload, and how long URLs of files are valid.", """{"contentSize":1000,"sourceLimit":1000,"urlLifetimeSeconds":300}""");
        endpoints.MapMethods($"{Base}/plans", ["DELETE"], context => Done(context, delivery.ClearPlans)).Does("Removes the plans that are left.");
        endpoints.MapMethods($"{Base}/expire-urls", ["POST"], context => Done(context, delivery.Storage.ExpireUrls)).Does("Lets all URLs of files expire.");
        endpoints.MapMethods($"{Base}/refused-authorizations", ["GET"], context => context.Response.WriteAsJsonAsync(
            delivery.Storage.RefusedAuthorizations, json.IReadOnlyListRefusedAuthorization, cancellationToken: context.RequestAborted))
            .Does("Lists requests to the storage that carried an access token, which they must not.");
    }

    private static IEndpointConventionBuilder Map<T>(IEndpointRouteBuilder endpoints, string verb, string path, JsonTypeInfo<T> type, Action<T> act)
        where T : class => endpoints.MapMethods($"{Base}/{path}", [verb], async context =>
        {
            try
            {
                var body = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                    ?? throw new JsonException("The request has no body.");
                await Done(context, () => act(body));
            }
            catch (Exception e) when (e is JsonException or ArgumentException or OverflowException)
            {
                await Problem.WriteAsync(context, Cause.BadParameter(e.Message));
            }
        });

    private static Task Done(HttpContext context, Action act)
    {
        act();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    PropertyNameCaseInsensitive = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(MillisecondsBody))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(StorageBody))]
[JsonSerializable(typeof(IReadOnlyList<RefusedAuthorization>))]
internal sealed partial class DeliveryControlJson : JsonSerializerContext;
