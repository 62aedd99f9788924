using OdcPowerShell.Http;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Names;

/// <summary>The stages that the API client can see, kept for a minute so that names need not be asked for again and again.</summary>
internal sealed class StageList(OdcClient client, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private volatile Snapshot? _last;

    /// <summary>The stages at hand, however old; null before the first request.</summary>
    internal IReadOnlyList<OdcStage>? Loaded => _last?.Stages;

    internal async Task<IReadOnlyList<OdcStage>> GetAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.ReadAt) < Life)
            return last.Stages;
        var page = await client.GetAsync(PortfoliosApi.ListEnvironments, [], query: null, caller, cancellationToken).ConfigureAwait(false);
        var stages = page.Results ?? [];
        _last = new Snapshot(stages, time.GetTimestamp());
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
            _last = new Snapshot([], time.GetTimestamp());
            caller.Verbose($"Stage names are left out: the API client lacks {e.RequiredPermission}.");
        }
    }

    /// <summary>Has the stages be read again when they are needed next: one was changed.</summary>
    internal void Forget() => _last = null;

    /// <summary>The name of a stage among those read last; null where it is not seen.</summary>
    internal string? NameOf(string? key) =>
        key is null ? null : _last?.Stages.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase))?.Name;

    private sealed record Snapshot(IReadOnlyList<OdcStage> Stages, long ReadAt);
}
