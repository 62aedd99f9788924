using System.Collections.Concurrent;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Resources;

/// <summary>
/// The names of objects by their keys, kept for ten minutes. An API client that may not see the objects gets no names, and no error, because names
/// are optional.
/// </summary>
internal sealed class NamesByKey<T>
    where T : class, INamed
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly Func<IReadOnlyList<string>, ICaller, CancellationToken, Task<Page<T>>> _ask;
    private readonly TimeProvider _time;
    private volatile ConcurrentDictionary<string, Known> _known = Empty();
    private long _failedAt = long.MinValue;

    private NamesByKey(Func<IReadOnlyList<string>, ICaller, CancellationToken, Task<Page<T>>> ask, TimeProvider time) => (_ask, _time) = (ask, time);

    private int KeysPerRequest { get; init; }

    private string Nouns { get; init; } = "";

    // Other texts than keys are not requested.
    private Func<string, bool> IsKey { get; init; } = _ => true;

    private Func<T, string?> NameOf { get; init; } = item => item.Name;

    // Only names depend on this answer, so these failures are warnings.
    private bool IsOptional { get; init; }

    internal static NamesByKey<OdcAsset> OfAssets(OdcClient client, TimeProvider time)
    {
        const int Most = 100;
        return new NamesByKey<OdcAsset>(
            (keys, caller, stopped) => client.GetAsync(AssetRepositoryApi.ListAssets, [], new Query().AddEach("assetKeys", keys).Add("limit", Most), caller, stopped), time)
        {
            KeysPerRequest = Most,
            Nouns = "Asset names",
        };
    }

    /// <summary>The other keys belong to API clients or deleted users. A revision can also be made by a tool, which has a name and no key.</summary>
    internal static NamesByKey<OdcUser> OfUsers(OdcClient client, TimeProvider time) => new(
        (keys, caller, stopped) => client.GetAsync(IdentityApi.QueryUsers, [], new Query().AddJoined("userKeys", keys), caller, stopped), time)
    {
        KeysPerRequest = IdentityApi.KeysPerRequest,
        Nouns = "Names of users",
        IsKey = key => Guid.TryParse(key, out _),
        NameOf = user => user.Name ?? user.Email,
        IsOptional = true,
    };

    /// <summary>Reads the names that are not known yet; afterwards <see cref="Of"/> and <see cref="Find"/> have it.</summary>
    internal async Task LearnAsync(IEnumerable<string?> keys, ICaller caller, CancellationToken cancellationToken)
    {
        var unknown = keys.OfType<string>().Where(k => IsKey(k) && !IsKnown(k)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        for (var i = 0; i < unknown.Count && !HasFailed; i += KeysPerRequest)
            await AskAsync([.. unknown.Skip(i).Take(KeysPerRequest)], caller, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds objects that were read for another reason.</summary>
    internal void Keep(IEnumerable<T> objects)
    {
        foreach (var item in objects.Where(a => a is { Key: not null, Name: not null }))
            _known[item.Key!] = new Known(item, _time.GetTimestamp());
    }

    /// <summary>Clears the names after an object was created, renamed or removed.</summary>
    internal void Forget() => _known = Empty();

    /// <summary>The name of an object; null if not known.</summary>
    internal string? Of(string? key) => Find(key) is { } found ? NameOf(found) : null;

    /// <summary>An object as it was read last; null if not known.</summary>
    internal T? Find(string? key) => key is not null && _known.TryGetValue(key, out var known) ? known.Found : null;

    // The permission may have been granted meanwhile.
    private bool HasFailed => Interlocked.Read(ref _failedAt) is var at && at != long.MinValue && _time.GetElapsedTime(at) < Life;

    private bool IsKnown(string key) => _known.TryGetValue(key, out var known) && _time.GetElapsedTime(known.ReadAt) < Life;

    private static ConcurrentDictionary<string, Known> Empty() => new(StringComparer.OrdinalIgnoreCase);

    private async Task AskAsync(IReadOnlyList<string> keys, ICaller caller, CancellationToken cancellationToken)
    {
        // A request that still runs while the store is replaced writes to the old store.
        var known = _known;
        try
        {
            var page = await _ask(keys, caller, cancellationToken).ConfigureAwait(false);
            foreach (var key in keys)
                known[key] = new Known(Found: null, _time.GetTimestamp());
            foreach (var item in page.Results ?? [])
                known[item.Key ?? ""] = new Known(item, _time.GetTimestamp());
        }
        catch (OdcApiException e) when (IsOptional || e.Cause == OdcErrorCause.AccessDenied)
        {
            Interlocked.Exchange(ref _failedAt, _time.GetTimestamp());
            if (e.Cause == OdcErrorCause.AccessDenied)
                caller.Verbose($"{Nouns} are left out: {Permission.Lacks(e.RequiredPermission)}.");
            else
                caller.Warning($"{Nouns} are left out: {e.Message}");
        }
    }

    private sealed record Known(T? Found, long ReadAt);
}
