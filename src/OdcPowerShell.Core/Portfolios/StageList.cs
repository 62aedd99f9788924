using OdcPowerShell.Http;

namespace OdcPowerShell.Portfolios;

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

    private sealed record Snapshot(IReadOnlyList<OdcStage> Stages, long ReadAt);
}
