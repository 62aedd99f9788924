using System.Globalization;

namespace OdcPowerShell.Subscription;

/// <summary>An entitlement of the subscription: its limit, and how much of it is used.</summary>
[Columns("Name 24", "StageName 12", "Limit 9", "Used 9", "Left 9", "PercentUsed 11", "Unit 10", "EntitlementId")]
public sealed class OdcEntitlement : OdcResource
{
    private const int Digits = 6;

    /// <summary>The name in requests, such as applicationObjects.</summary>
    [JsonPropertyName("id")]
    public string? EntitlementId { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? DocumentationUrl { get; set; }

    /// <summary>The value as the service writes it: a limit, or whether there is a feature.</summary>
    public string? Value { get; set; }

    /// <summary>Bool, Float, Str or Int.</summary>
    public string? DataType { get; set; }

    /// <summary>The unit of the value, such as gigabyte or second.</summary>
    public string? Unit { get; set; }

    /// <summary>feature, limit or other, or a kind of a later version of the service.</summary>
    public string? Kind { get; set; }

    /// <summary>The value as a number; null if it is not a number.</summary>
    [JsonIgnore]
    public double? Limit => !IsNumber || !double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) || double.IsNaN(limit) || double.IsInfinity(limit) ? null : limit;

    /// <summary>The usage that the service reports; null if it reports none, or if the API client may not see it.</summary>
    [JsonIgnore]
    public double? Used { get; internal set; }

    /// <summary>The limit without what is used; negative if more is used. Null if either is not known.</summary>
    [JsonIgnore]
    public double? Left => Limit is { } limit && Used is { } used ? Math.Round(limit - used, Digits) : null;

    /// <summary>The used part of the limit in percent, with one decimal; null if either is not known, or if the limit is not above 0.</summary>
    [JsonIgnore]
    public double? PercentUsed => Limit is { } limit and > 0 && Used is { } used ? Math.Round(used / limit * 100, 1) : null;

    /// <summary>How the usage was counted, such as Total or Max.</summary>
    [JsonIgnore]
    public string? Aggregation { get; internal set; }

    /// <summary>When the service last updated the usage.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastUpdatedDate { get; internal set; }

    /// <summary>The stage that it belongs to; null for the organization.</summary>
    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    private bool IsNumber => DataType is null || string.Equals(DataType, "Int", StringComparison.OrdinalIgnoreCase) || string.Equals(DataType, "Float", StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name ?? EntitlementId ?? "";
}

/// <summary>The entitlements and add-ons of a stage.</summary>
internal sealed class StageEntitlements
{
    [JsonPropertyName("addons")]
    public IReadOnlyList<OdcAddOn>? AddOns { get; set => field = value.Present(); }

    public IReadOnlyList<OdcEntitlement>? Entitlements { get; set => field = value.Present(); }
}

/// <summary>Reads entitlements and add-ons of the organization or a stage in the same way.</summary>
internal static class EntitlementReader
{
    /// <summary>The entitlements with their usage, which takes a second request. Usage that the API client may not see is left out, and its permission is returned.</summary>
    internal static async Task<(IReadOnlyList<OdcEntitlement> Entitlements, string? Lacking)> EntitlementsAsync(OdcClient client, SubscriptionScope scope, ICaller caller, CancellationToken cancellationToken)
    {
        var (entitlements, _) = await ReadAsync(client, scope, caller, cancellationToken).ConfigureAwait(false);
        if (entitlements is not { Count: > 0 })
            return ([], null);
        foreach (var entitlement in entitlements)
            (entitlement.StageKey, entitlement.StageName) = (scope.StageKey, scope.StageName);
        try
        {
            var usage = await UsageReader.ReadAsync(client, scope, new Query(), caller, cancellationToken).ConfigureAwait(false);
            foreach (var entitlement in entitlements)
            {
                if (usage.FirstOrDefault(u => EntitlementIds.IsSame(u.EntitlementId, entitlement.EntitlementId)) is { } used)
                    (entitlement.Used, entitlement.Aggregation, entitlement.LastUpdatedDate) = (used.Value, used.Aggregation, used.LastUpdatedDate);
            }

            return (entitlements, null);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            return (entitlements, e.RequiredPermission);
        }
    }

    /// <summary>The add-ons; null where the API client may not see them.</summary>
    internal static async Task<IReadOnlyList<OdcAddOn>?> AddOnsAsync(OdcClient client, SubscriptionScope scope, ICaller caller, CancellationToken cancellationToken)
    {
        var (_, addOns) = await ReadAsync(client, scope, caller, cancellationToken).ConfigureAwait(false);
        foreach (var addOn in addOns ?? [])
            (addOn.StageKey, addOn.StageName) = (scope.StageKey, scope.StageName);
        return addOns;
    }

    private static async Task<(IReadOnlyList<OdcEntitlement>? Entitlements, IReadOnlyList<OdcAddOn>? AddOns)> ReadAsync(
        OdcClient client, SubscriptionScope scope, ICaller caller, CancellationToken cancellationToken)
    {
        if (scope.StageKey is null)
        {
            var organization = await client.GetAsync(SubscriptionApi.GetOrganizationEntitlements, [], query: null, caller, cancellationToken).ConfigureAwait(false);
            return Learned(client, organization.Entitlements, organization.AddOns);
        }

        var stage = await client.GetAsync(SubscriptionApi.GetEnvironmentEntitlements, scope.Keys, query: null, caller, cancellationToken).ConfigureAwait(false);
        return Learned(client, stage.Entitlements, stage.AddOns);
    }

    private static (IReadOnlyList<OdcEntitlement>? Entitlements, IReadOnlyList<OdcAddOn>? AddOns) Learned(OdcClient client, IReadOnlyList<OdcEntitlement>? entitlements, IReadOnlyList<OdcAddOn>? addOns)
    {
        client.Names.EntitlementIds.Learn(entitlements?.Select(e => e.EntitlementId));
        return (entitlements, addOns);
    }
}
