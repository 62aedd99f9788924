using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    PropertyNameCaseInsensitive = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StateBody))]
[JsonSerializable(typeof(SecondsBody))]
[JsonSerializable(typeof(MillisecondsBody))]
[JsonSerializable(typeof(HideReasonsBody))]
[JsonSerializable(typeof(LimitsBody))]
[JsonSerializable(typeof(CannedBody))]
[JsonSerializable(typeof(FaultsBody))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(StatisticsBody))]
internal sealed partial class ControlJson : JsonSerializerContext;

internal sealed record SecondsBody(double Seconds);

internal sealed record MillisecondsBody(double Milliseconds);

internal sealed record HideReasonsBody(bool Hide);

internal sealed record LimitsBody(bool? Enforce = null, double? WindowSeconds = null);

internal sealed record CannedBody(
    string Path, int Status, string ContentType = "application/json", string Body = "", Dictionary<string, string>? Headers = null,
    int? Times = null)
{
    public CannedAnswer ToAnswer()
    {
        var answer = new CannedAnswer(Status, ContentType, Body) { Times = Times };
        return Headers is null ? answer : answer with { Headers = Headers };
    }
}

internal sealed record FaultsBody(int Seed, double Share, Fault[] Kinds, bool IncludeSignIn = false, double DelayMilliseconds = 300)
{
    public FaultPlan ToPlan() =>
        new(Seed, Share, Kinds) { IncludeSignIn = IncludeSignIn, Delay = TimeSpan.FromMilliseconds(DelayMilliseconds) };
}

internal sealed record StateBody(IReadOnlyList<TenantBody> Tenants, IReadOnlyList<ControlRoute> Routes);

internal sealed record TenantBody(
    string Name, string OrganizationName, Uri Url, Uri IdentityUrl, Guid RealmId, double TokenLifetimeSeconds, bool EnforceLimits,
    double LimitWindowSeconds, double LatencyMilliseconds, double BulkDurationMilliseconds, bool HideReasons,
    IReadOnlyDictionary<string, ClientBody> Clients)
{
    public static TenantBody Of(EmulatedTenant tenant) => new(
        tenant.Name,
        tenant.OrganizationName,
        tenant.Url,
        tenant.IdentityUrl,
        tenant.RealmId,
        tenant.TokenLifetime.TotalSeconds,
        tenant.EnforceLimits,
        tenant.LimitWindow.TotalSeconds,
        tenant.Latency.TotalMilliseconds,
        tenant.BulkDuration.TotalMilliseconds,
        tenant.HideReasons,
        tenant.Clients.ToDictionary(entry => entry.Key, entry => ClientBody.Of(entry.Value), StringComparer.Ordinal));
}

internal sealed record ClientBody(
    string ClientId, string Secret, DateTimeOffset SecretExpiresOn, bool Suspended, IReadOnlyCollection<string> Permissions)
{
    public static ClientBody Of(ApiClient client) =>
        new(client.ClientId, client.Secret, client.SecretExpiresOn, client.Suspended, client.Permissions);
}

internal sealed record StatisticsBody(IReadOnlyList<DateTimeOffset> TokenRequests, IReadOnlyList<RecordedRequest> Requests, int Count429)
{
    public static StatisticsBody Of(EmulatorStatistics statistics) =>
        new(statistics.TokenRequests, statistics.Requests, statistics.Count429);
}
