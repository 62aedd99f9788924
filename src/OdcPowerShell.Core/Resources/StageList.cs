using System.Collections.Concurrent;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Resources;

/// <summary>The stages that the API client can see, kept for a minute so that names are not requested again and again.</summary>
internal sealed class StageList(OdcClient client, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private volatile Store _store = new();

    /// <summary>The stages that were read last, however old; null before the first request.</summary>
    internal IReadOnlyList<OdcStage>? Loaded => _store.Last?.Stages;

    internal async Task<IReadOnlyList<OdcStage>> GetAsync(ICaller caller, CancellationToken cancellationToken)
    {
        // A request that still runs while the store is replaced writes to the old store.
        var store = _store;
        if (store.Last is { } last && time.GetElapsedTime(last.ReadAt) < Life)
            return last.Stages;
        var page = await client.GetAsync(PortfoliosApi.ListEnvironments, [], query: null, caller, cancellationToken).ConfigureAwait(false);
        var stages = page.Results ?? [];
        store.Last = new Snapshot(stages, time.GetTimestamp());
        return stages;
    }

    /// <summary>Reads the stages unless they were read in the last minute. An API client that may not see them gets no names, and no error.</summary>
    internal async Task LearnAsync(ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            await GetAsync(caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            _store.Last = new Snapshot([], time.GetTimestamp());
            caller.Verbose($"Stage names are left out: {Permission.Lacks(e.RequiredPermission)}.");
        }
    }

    /// <summary>Clears the stages after one was changed, so that they are read again when needed.</summary>
    internal void Forget() => _store = new Store();

    /// <summary>Keeps the name of a stage that the user specified as an object.</summary>
    internal void Learn(OdcStage stage)
    {
        if (stage is { StageKey: { } key, Name: { } name })
            _store.Specified[key] = name;
    }

    /// <summary>The name of a stage among those read last or specified as objects; null if it is not visible.</summary>
    internal string? NameOf(string? key)
    {
        var store = _store;
        return key is null ? null : store.Last?.Stages.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase))?.Name ?? (store.Specified.TryGetValue(key, out var name) ? name : null);
    }

    private sealed class Store
    {
        internal volatile Snapshot? Last;

        internal ConcurrentDictionary<string, string> Specified { get; } = new(StringComparer.OrdinalIgnoreCase);
    }

    private sealed record Snapshot(IReadOnlyList<OdcStage> Stages, long ReadAt);
}
