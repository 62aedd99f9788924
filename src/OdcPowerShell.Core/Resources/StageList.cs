using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Resources;

/// <summary>The stages that the API client can see, kept for a minute so that names need not be asked for again and again.</summary>
internal sealed class StageList(OdcClient client, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private volatile Store _store = new();

    /// <summary>The stages that were read last, however old; null before the first request.</summary>
    internal IReadOnlyList<OdcStage>? Loaded => _store.Last?.Stages;

    internal async Task<IReadOnlyList<OdcStage>> GetAsync(ICaller caller, CancellationToken cancellationToken)
    {
        // What a request under way reads when all is forgotten goes to the store that was left behind.
        var store = _store;
        if (store.Last is { } last && time.GetElapsedTime(last.ReadAt) < Life)
            return last.Stages;
        var page = await client.GetAsync(PortfoliosApi.ListEnvironments, [], query: null, caller, cancellationToken).ConfigureAwait(false);
        var stages = page.Results ?? [];
        store.Last = new Snapshot(stages, time.GetTimestamp());
        return stages;
    }

    /// <summary>Reads the stages if that was not done lately; an API client that may not see them gets no names, and no error.</summary>
    internal async Task LearnAsync(ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            await GetAsync(caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            _store.Last = new Snapshot([], time.GetTimestamp());
            caller.Verbose($"Stage names are left out: the API client lacks {e.RequiredPermission}.");
        }
    }

    /// <summary>Has the stages be read again when they are needed next: one was changed.</summary>
    internal void Forget() => _store = new Store();

    /// <summary>The name of a stage among those read last; null where it is not seen.</summary>
    internal string? NameOf(string? key) =>
        key is null ? null : _store.Last?.Stages.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase))?.Name;

    private sealed class Store
    {
        internal volatile Snapshot? Last;
    }

    private sealed record Snapshot(IReadOnlyList<OdcStage> Stages, long ReadAt);
}
