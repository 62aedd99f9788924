using System.Collections.Concurrent;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Http;

namespace OdcPowerShell.Names;

/// <summary>The names of assets by their keys, which many answers leave out. An API client that may not see assets gets none, and no error.</summary>
internal sealed class AssetNames(OdcClient client, TimeProvider time)
{
    private const int KeysPerRequest = 100;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private volatile ConcurrentDictionary<string, (OdcAsset? Asset, long ReadAt)> _known = Empty();
    private long _refusedAt = long.MinValue;

    /// <summary>Asks for those names that are not known yet; afterwards <see cref="Of"/> tells them.</summary>
    internal async Task LearnAsync(IEnumerable<string?> keys, ICaller caller, CancellationToken cancellationToken)
    {
        var unknown = keys.OfType<string>().Where(k => !IsKnown(k)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        for (var i = 0; i < unknown.Count && !IsRefused; i += KeysPerRequest)
            await AskAsync([.. unknown.Skip(i).Take(KeysPerRequest)], caller, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the names of assets that were read for another reason.</summary>
    internal void Keep(IEnumerable<OdcAsset> assets)
    {
        foreach (var asset in assets.Where(a => a is { AssetKey: not null, Name: not null }))
            _known[asset.AssetKey!] = (asset, time.GetTimestamp());
    }

    /// <summary>Has names be read again: something was created, renamed or removed.</summary>
    internal void Forget() => _known = Empty();

    internal string? Of(string? key) => key is not null && _known.TryGetValue(key, out var known) ? known.Asset?.Name : null;

    /// <summary>The type of an asset; null where it is not known.</summary>
    internal string? TypeOf(string? key) => key is not null && _known.TryGetValue(key, out var known) ? known.Asset?.AssetType : null;

    // The permission may be granted meanwhile.
    private bool IsRefused => Interlocked.Read(ref _refusedAt) is var at && at != long.MinValue && time.GetElapsedTime(at) < Life;

    private bool IsKnown(string key) => _known.TryGetValue(key, out var known) && time.GetElapsedTime(known.ReadAt) < Life;

    private static ConcurrentDictionary<string, (OdcAsset? Asset, long ReadAt)> Empty() => new(StringComparer.OrdinalIgnoreCase);

    private async Task AskAsync(IReadOnlyList<string> keys, ICaller caller, CancellationToken cancellationToken)
    {
        // What a request under way reads when all is forgotten goes to the store that was left behind.
        var known = _known;
        try
        {
            var query = new Query().AddEach("assetKeys", keys).Add("limit", KeysPerRequest);
            var page = await client.GetAsync(AssetRepositoryApi.ListAssets, [], query, caller, cancellationToken).ConfigureAwait(false);
            foreach (var asset in page.Results ?? [])
                known[asset.AssetKey ?? ""] = (asset, time.GetTimestamp());
            foreach (var key in keys.Except((page.Results ?? []).Select(a => a.AssetKey), StringComparer.OrdinalIgnoreCase))
                known[key!] = (null, time.GetTimestamp());
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            Interlocked.Exchange(ref _refusedAt, time.GetTimestamp());
            caller.Verbose($"Asset names are left out: the API client lacks {e.RequiredPermission}.");
        }
    }
}
