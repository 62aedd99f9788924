namespace OdcPowerShell.Subscription;

/// <summary>The usage of an entitlement by an asset in a stage.</summary>
[Columns("AssetName 24", "StageName 13", "EntitlementId 26", "Value 13", "Aggregation 11", "AssetType 17", "Revision")]
public sealed class OdcAssetUsage : OdcResource, INamed
{
    public string? AssetKey { get; set; }

    [JsonPropertyName("name")]
    public string? AssetName { get; set; }

    /// <summary>Application, Library, or another word of the service.</summary>
    public string? AssetType { get; set; }

    /// <summary>The entitlement. The answer contains it once for all of its assets.</summary>
    [JsonIgnore]
    public string? EntitlementId { get; internal set; }

    [JsonIgnore]
    public string? EntitlementName { get; internal set; }

    /// <summary>How the value is counted, such as Total or Max.</summary>
    [JsonIgnore]
    public string? Aggregation { get; internal set; }

    public double? Value { get; set; }

    public int? Revision { get; set; }

    /// <summary>The parts of the value, such as elements of the asset.</summary>
    public IReadOnlyList<OdcAssetUsageDetail>? Details { get; set => field = value.Present(); }

    [JsonIgnore]
    public string? StageKey { get; internal set; }

    [JsonIgnore]
    public string? StageName { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => Details ?? [];

    string? INamed.Key => AssetKey;

    string? INamed.Name => AssetName;

    public override string ToString() => FormattableString.Invariant($"{AssetName ?? AssetKey}: {Value}");
}

/// <summary>A part of the usage of an asset.</summary>
[Columns("Name 40", "Type 24", "Value 13", "DetailKey")]
public sealed class OdcAssetUsageDetail : OdcResource
{
    public string? DetailKey { get; set; }

    public string? Name { get; set; }

    public string? Type { get; set; }

    public double? Value { get; set; }

    public override string ToString() => FormattableString.Invariant($"{Name ?? DetailKey}: {Value}");
}

/// <summary>An entitlement with its assets, as a page of the answer contains it. The next page has the same entitlement with other assets.</summary>
internal sealed class AssetUsageBlock : OdcResource, IJsonOnDeserialized
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Aggregation { get; set; }

    public IReadOnlyList<OdcAssetUsage>? Assets { get; set => field = value.Present(); }

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var row in Assets ?? [])
        {
            (row.EntitlementId, row.EntitlementName, row.Aggregation) = (Id, Name, Aggregation);
            foreach (var member in Unknown ?? [])
            {
                row.Unknown ??= [];
                if (!row.Unknown.ContainsKey(member.Key))
                    row.Unknown[member.Key] = member.Value;
            }
        }
    }
}

/// <summary>Reads usage by asset: a row for each entitlement and asset, in the order of the assets.</summary>
internal static class AssetUsageReader
{
    internal static IPagedList<OdcAssetUsage> Of(OdcClient client, SubscriptionScope scope, Query query, ListWindow window)
    {
        // The service counts assets, and each has at least one row: so many assets have all rows that are needed.
        var needed = window.First > long.MaxValue - window.Skip ? long.MaxValue : window.First + window.Skip;
        return new OffsetPages<IReadOnlyList<OdcAssetUsage>>(FetchAsync, new ListWindow(0, needed, window.PageSize)).SelectMany(rows => rows).Window(window);

        async Task<Page<IReadOnlyList<OdcAssetUsage>>> FetchAsync(long offset, int limit, ICaller caller, CancellationToken cancellationToken)
        {
            var asked = query.Copy().Add("limit", limit);
            if (offset > 0)
                asked.Add("offset", checked((int)offset));
            var page = await client.GetAsync(SubscriptionApi.GetAssetUsage, scope.Keys, asked, caller, cancellationToken).ConfigureAwait(false);
            var blocks = page.Results ?? [];
            client.Names.EntitlementIds.Learn(blocks.Select(b => b.Id));
            List<OdcAssetUsage> rows = [.. blocks.SelectMany(b => b.Assets ?? [])];
            rows.ForEach(row => (row.StageKey, row.StageName) = (scope.StageKey, scope.StageName));
            return new Page<IReadOnlyList<OdcAssetUsage>> { Info = page.Info, Results = Counted(rows, page.Info?.Count) };
        }
    }

    // The documentation counts "asset rows", which may be assets, or assets of each entitlement: the page's own count decides.
    private static List<IReadOnlyList<OdcAssetUsage>> Counted(List<OdcAssetUsage> rows, int? count) =>
        count == rows.Count ? rows.ConvertAll(row => (IReadOnlyList<OdcAssetUsage>)[row]) : [.. rows.GroupBy(row => row.AssetKey, StringComparer.OrdinalIgnoreCase).Select(asset => (IReadOnlyList<OdcAssetUsage>)[.. asset])];
}
