namespace OdcPowerShell.Subscription;

/// <summary>The usage of an entitlement in a period, as one value or as a series of points.</summary>
[Columns("Name 23", "StageName 12", "Aggregation 11", "Value 12", "LastUpdatedDate 17", "PointCount 10", "EntitlementId")]
public sealed class OdcEntitlementUsage : OdcResource, IJsonOnDeserialized
{
    /// <summary>The name in requests, such as applicationObjects.</summary>
    [JsonPropertyName("id")]
    public string? EntitlementId { get; set; }

    public string? Name { get; set; }

    /// <summary>How the values are counted, such as Total or Max.</summary>
    public string? Aggregation { get; set; }

    /// <summary>The value of the newest point.</summary>
    [JsonIgnore]
    public double? Value => Points?.OrderByDescending(p => p.Timestamp).Select(p => p.Value ?? p.CumulativeValue).FirstOrDefault(value => value is not null);

    /// <summary>When the service last updated the data; it does so daily.</summary>
    public DateTimeOffset? LastUpdatedDate { get; set; }

    /// <summary>The series: one point for the whole period, or one for each hour, day or month.</summary>
    [JsonPropertyName("usage")]
    public IReadOnlyList<OdcEntitlementUsagePoint>? Points { get; set => field = value.Present(); }

    [JsonIgnore]
    public int PointCount => Points?.Count ?? 0;

    /// <summary>The stage that it was counted in; null for the organization.</summary>
    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => Points ?? [];

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var point in Points ?? [])
            (point.EntitlementId, point.Name, point.Aggregation) = (EntitlementId, Name, Aggregation);
    }

    public override string ToString() => Name ?? EntitlementId ?? "";
}

/// <summary>The usage of an entitlement at one time of a series.</summary>
[Columns("EntitlementId 27", "StageName 17", "Timestamp 17", "Value 15", "Aggregation 11", "CumulativeValue")]
public sealed class OdcEntitlementUsagePoint : OdcResource
{
    /// <summary>The entitlement. The answer contains it once for all of its points.</summary>
    [JsonIgnore]
    public string? EntitlementId { get; internal set; }

    [JsonIgnore]
    public string? Name { get; internal set; }

    [JsonIgnore]
    public string? Aggregation { get; internal set; }

    public DateTimeOffset? Timestamp { get; set; }

    public double? Value { get; set; }

    /// <summary>The sum up to this time; null where values are not summed up.</summary>
    public double? CumulativeValue { get; set; }

    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    public override string ToString() => FormattableString.Invariant($"{Value ?? CumulativeValue}");
}

/// <summary>Reads usage with the scope that it was asked for, which the answers lack.</summary>
internal static class UsageReader
{
    internal static async Task<IReadOnlyList<OdcEntitlementUsage>> ReadAsync(OdcClient client, SubscriptionScope scope, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        var operation = scope.StageKey is null ? SubscriptionApi.GetOrganizationUsage : SubscriptionApi.GetEnvironmentUsage;
        var page = await client.GetAsync(operation, scope.Keys, query, caller, cancellationToken).ConfigureAwait(false);
        var usage = page.Results ?? [];
        foreach (var item in usage)
        {
            (item.StageKey, item.StageName) = (scope.StageKey, scope.StageName);
            foreach (var point in item.Points ?? [])
                (point.StageKey, point.StageName) = (scope.StageKey, scope.StageName);
        }

        client.Names.EntitlementIds.Learn(usage.Select(u => u.EntitlementId));
        return usage;
    }
}

/// <summary>The entitlements that the specification lists, and those that this connection has seen.</summary>
internal sealed class EntitlementIds
{
    internal const string OfStage = "applicationObjects, maxComputeReplicas, maxDbCompute, maxDbStorage, maxCustomCodeTotalDuration, agentExecutions, internalUsers, externalUsers";
    internal const string OfAsset = "applicationObjects, maxComputeReplicas, maxCustomCodeTotalDuration, agentExecutions";

    /// <summary>Those of the organization and of stages.</summary>
    internal const string All = "appAnalyticsStreamLimit, " + OfStage;

    /// <summary>How values can be counted.</summary>
    internal const string Aggregations = "Total, Max, P95, P90";

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the tenant has shown.</summary>
    internal IEnumerable<string> Seen => _seen.Keys;

    internal static bool IsSame(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    internal void Learn(IEnumerable<string?>? ids)
    {
        foreach (var id in (ids ?? []).OfType<string>())
            _seen.TryAdd(id, true);
    }
}
