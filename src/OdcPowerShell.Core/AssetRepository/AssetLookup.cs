namespace OdcPowerShell.AssetRepository;

/// <summary>Finds many assets by key in one request.</summary>
internal static class AssetLookup
{
    /// <summary>Each key, in the specified order, with its asset; null if the API client can see no such asset.</summary>
    internal static async Task<IReadOnlyList<(string Key, OdcAsset? Asset)>> FindAsync(
        OdcClient client, IReadOnlyList<string> keys, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        var asked = query.Copy().AddEach("assetKeys", keys.Distinct(StringComparer.OrdinalIgnoreCase)).Add("limit", AssetRepositoryApi.KeysPerRequest);
        var page = await client.GetAsync(AssetRepositoryApi.ListAssets, [], asked, caller, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, OdcAsset>(StringComparer.OrdinalIgnoreCase);
        foreach (var asset in page.Results ?? [])
            found[asset.AssetKey ?? ""] = asset;
        return [.. keys.Select(k => (k, found.TryGetValue(k, out var asset) ? asset : null))];
    }

    /// <summary>The revision with the highest tag; null for an asset without tags, for which the service answers "not found".</summary>
    internal static async Task<OdcAssetRevision?> HighestTagAsync(OdcClient client, string key, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(AssetRepositoryApi.GetHighestTagRevision, [key], query, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            caller.Verbose($"The asset {key} has no tagged revision.");
            return null;
        }
    }
}
