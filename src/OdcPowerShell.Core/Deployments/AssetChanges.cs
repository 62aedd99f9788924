using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;

namespace OdcPowerShell.Deployments;

/// <summary>The revisions and builds of a timeline. The service lists them for one asset at a time, so only assets with other changes are read.</summary>
internal sealed class AssetChanges(OdcClient client, ChangeScope scope, ChangeSources sources)
{
    private const string Revisions = "Revisions";
    private const string Builds = "Builds";
    private const int RowsPerPage = 1000;
    private readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The assets with a new revision since then, as their latest revision shows them. Specified assets are read directly.</summary>
    internal async Task<IReadOnlyList<OdcAsset>> AssetsAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (scope.AssetKeys.Count == 1)
            return [new OdcAsset { AssetKey = scope.AssetKeys[0] }];
        var assets = await sources.TryAsync(Revisions, () => scope.AssetKeys.Count == 0 ? NewestAsync(caller, cancellationToken) : SpecifiedAsync(caller, cancellationToken), caller).ConfigureAwait(false) ?? [];
        client.Names.AssetNames.Keep(assets);
        return [.. assets.Where(a => a.CreatedAt is null || a.CreatedAt >= scope.Since)];
    }

    internal async Task<IReadOnlyList<OdcChange>> RevisionsAsync(IReadOnlyList<OdcAsset> assets, ICaller caller, CancellationToken cancellationToken)
    {
        var changes = new List<OdcChange>();
        foreach (var asset in assets)
        {
            // The first revision has none before it.
            var revisions = asset.Revision == 1 ? [asset] : await OfAssetAsync<OdcAsset>(Revisions, asset.AssetKey!, async () => await RevisionsOf(asset).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false), caller).ConfigureAwait(false);
            changes.AddRange(revisions.Where(r => IsWithin(r.CreatedAt)).Select(OdcChange.Of));
        }

        return changes;
    }

    internal async Task<IReadOnlyList<OdcChange>> BuildsAsync(IEnumerable<string?> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        var changes = new List<OdcChange>();
        foreach (var key in assetKeys.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var builds = await OfAssetAsync(Builds, key, async () => (await client.GetAsync(BuildsApi.ListBuilds, [], new Query().Add("assetKey", key), caller, cancellationToken).ConfigureAwait(false)).Builds ?? [], caller).ConfigureAwait(false);
            changes.AddRange(builds.Where(b => IsWithin(b.StartedDateTime)).Select(OdcChange.Of));
        }

        return changes;
    }

    /// <summary>Warns which assets could not be read.</summary>
    internal async Task WarnAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_missing.Count == 0)
            return;
        await client.Names.AssetNames.LearnAsync(_missing, caller, cancellationToken).ConfigureAwait(false);
        var names = _missing.Select(key => client.Names.AssetNames.Of(key) ?? key).ToList();
        caller.Warning($"Revisions and builds of {(names.Count == 1 ? "an asset" : names.Count + " assets")} are left out, because the service has no list of them. Deleted assets have none: {string.Join(", ", names.Take(5))}{(names.Count > 5 ? ", \u2026" : "")}.");
    }

    private OffsetPages<OdcAssetRevision> RevisionsOf(OdcAsset asset) =>
        new(client, AssetRepositoryApi.ListRevisions, scope.Dates("revisionDateTimeSince", "revisionDateTimeTo"), new ListWindow(PageSize: RowsPerPage), asset.AssetKey!);

    private async Task<List<OdcAsset>> SpecifiedAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var assets = new List<OdcAsset>();
        for (var i = 0; i < scope.AssetKeys.Count; i += AssetRepositoryApi.KeysPerRequest)
            assets.AddRange((await AssetLookup.FindAsync(client, [.. scope.AssetKeys.Skip(i).Take(AssetRepositoryApi.KeysPerRequest)], new Query(), caller, cancellationToken).ConfigureAwait(false)).Select(a => a.Asset).OfType<OdcAsset>());
        return assets;
    }

    // The newest come first, so reading stops at the first older ones. A list in another order is read to its end.
    private async Task<List<OdcAsset>> NewestAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var assets = new List<OdcAsset>();
        var list = new OffsetPages<OdcAsset>(client, AssetRepositoryApi.ListAssets, new Query().Add("sort", "-createdAt"), new ListWindow(PageSize: RowsPerPage));
        await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            assets.AddRange(page);
            if (assets[assets.Count - 1].CreatedAt < scope.Since && assets.Zip(assets.Skip(1), (newer, older) => newer.CreatedAt >= older.CreatedAt).All(isInOrder => isInOrder))
                break;
        }

        return assets;
    }

    // An asset that was deleted meanwhile has no list any more.
    private async Task<IReadOnlyList<T>> OfAssetAsync<T>(string source, string assetKey, Func<Task<IReadOnlyList<T>>> read, ICaller caller)
    {
        try
        {
            return await sources.TryAsync(source, read, caller).ConfigureAwait(false) ?? [];
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.NotFound or OdcErrorCause.InvalidRequest)
        {
            caller.Verbose($"{source} of the asset {assetKey}: {e.Message}");
            _missing.Add(assetKey);
            return [];
        }
    }

    // A build that has not started yet sorts as now.
    private bool IsWithin(DateTimeOffset? date) => (date ?? client.Time.GetUtcNow()) is var at && at >= scope.Since && (scope.Before is null || at < scope.Before);
}
