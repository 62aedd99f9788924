using System.Globalization;
using System.Runtime.CompilerServices;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Deployments;

/// <summary>The filters of a timeline.</summary>
/// <param name="Since">Those from then on.</param>
/// <param name="Before">Those before then; null for all until now.</param>
/// <param name="Kinds">Of these kinds.</param>
/// <param name="Stages">In these stages; empty for all, and for changes without a stage.</param>
/// <param name="AssetKeys">Of these assets; empty for all.</param>
/// <param name="PageSize">How many operations to ask for in one request.</param>
internal sealed record ChangeScope(DateTimeOffset Since, DateTimeOffset? Before, IReadOnlyCollection<string> Kinds, IReadOnlyList<OdcStage> Stages, IReadOnlyList<string> AssetKeys, int PageSize)
{
    internal bool Wants(string? kind) => Kinds.Contains(kind!, StringComparer.Ordinal) || (kind != ChangeKinds.Publication && !ChangeKinds.Known.Contains(kind!, StringComparer.Ordinal) && ChangeKinds.HasAllOperations(Kinds));

    internal bool Has(string? assetKey) => AssetKeys.Count == 0 || AssetKeys.Contains(assetKey, StringComparer.OrdinalIgnoreCase);

    /// <summary>A filter with the dates of the scope, under the parameter names of a list.</summary>
    internal Query Dates(string since, string to) => new Query().Add(since, Text(Since)).Add(to, Before is { } before ? Text(before) : null);

    private static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>
/// All changes in one list, the newest first. The service's lists of deployments and publications are merged while they are read. Builds are
/// listed by asset only, so they are read for assets with other changes. Then everything must be read before the first row is written.
/// </summary>
internal sealed class ChangeTimeline(OdcClient client, ChangeScope scope) : IPagedList<OdcChange>
{
    private readonly ChangeSources _sources = new();

    public int? TotalCount => null;

    public async IAsyncEnumerable<IReadOnlyList<OdcChange>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lanes = new List<ChangeLane>();
        try
        {
            await StartAsync(lanes, caller, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                foreach (var lane in lanes)
                {
                    while (lane is { Next: null, HasEnded: false })
                        await lane.ReadAsync(_sources, caller, cancellationToken).ConfigureAwait(false);
                }

                var page = Merge(lanes);
                if (page.Count == 0)
                    break;
                await NameAsync(page, caller, cancellationToken).ConfigureAwait(false);
                yield return page;
            }

            _sources.RequireAny();
        }
        finally
        {
            foreach (var lane in lanes)
                await lane.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Only rows that are newer than the next row of every list.
    private static List<OdcChange> Merge(IReadOnlyList<ChangeLane> lanes)
    {
        var page = new List<OdcChange>();
        while (lanes.All(l => l.Next is not null || l.HasEnded) && lanes.Where(l => l.Next is not null).OrderByDescending(l => ChangeLane.At(l.Next!)).FirstOrDefault() is { } newest)
            page.Add(newest.Take());
        return page;
    }

    private async Task StartAsync(List<ChangeLane> lanes, ICaller caller, CancellationToken cancellationToken)
    {
        var hasAssets = scope.Stages.Count == 0;
        var hasBuilds = hasAssets && scope.Wants(ChangeKinds.Build);
        var seeksAssets = hasBuilds && scope.AssetKeys.Count == 0;
        lanes.AddRange(await OperationsAsync(seeksAssets, caller, cancellationToken).ConfigureAwait(false));
        if (!hasAssets || !(hasBuilds || scope.Wants(ChangeKinds.Revision)))
            return;

        var changes = new AssetChanges(client, scope, _sources);
        var assets = await changes.AssetsAsync(caller, cancellationToken).ConfigureAwait(false);
        var keys = assets.Select(a => a.AssetKey).Concat(scope.AssetKeys).ToList();
        foreach (var lane in seeksAssets ? lanes : [])
        {
            while (!lane.HasEnded)
                await lane.ReadAsync(_sources, caller, cancellationToken).ConfigureAwait(false);
            keys.AddRange(lane.Rows.Select(row => row.AssetKey));
            lane.Keep(row => scope.Wants(row.Kind));
        }

        if (scope.Wants(ChangeKinds.Revision))
            lanes.Add(new ChangeLane(await changes.RevisionsAsync(assets, caller, cancellationToken).ConfigureAwait(false)));
        if (hasBuilds)
            lanes.Add(new ChangeLane(await changes.BuildsAsync(keys, caller, cancellationToken).ConfigureAwait(false)));
        await changes.WarnAsync(caller, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<ChangeLane>> OperationsAsync(bool areAllSought, ICaller caller, CancellationToken cancellationToken)
    {
        var operations = areAllSought ? ChangeKinds.OperationsOf(ChangeKinds.Known) : ChangeKinds.OperationsOf(scope.Kinds);
        var lanes = new List<ChangeLane>();
        if (operations.Count == 0 && !scope.Wants(ChangeKinds.Publication))
            return lanes;
        await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
        var stages = scope.Stages.Count > 0 ? scope.Stages : client.Names.Stages.Loaded ?? [];
        if (operations.Count > 0)
            lanes.AddRange(OfStages("Deployments", stages, DeploymentsApi.FilterDeployments, operations.Count == ChangeKinds.OperationsOf(ChangeKinds.Known).Count ? Filter : Filter.AddEach("operations", operations)));
        if (!areAllSought && !scope.Wants(ChangeKinds.Publication))
            return lanes;
        // Nearly all publications are in one stage. The list of all and the list of that stage take fewer requests than a list for each stage.
        if (scope.Stages.Count > 0 || stages.Count == 0)
            lanes.AddRange(OfStages("Publications", stages, DeploymentsApi.FilterPublications, Filter));
        else
            lanes.Add(new ChangeLane("Publications", Changes(new StageFinder<OdcPublication>(client, DeploymentsApi.FilterPublications, OfAsset(new Query())).Name(List(DeploymentsApi.FilterPublications, Filter)))));
        return lanes;
    }

    // If no stage is visible, the answer of the service shows whether a permission is missing.
    private IEnumerable<ChangeLane> OfStages<T>(string source, IReadOnlyCollection<OdcStage> stages, Operation<Json.Page<T>> list, Query filter)
        where T : StageOperation => stages.Count == 0
        ? [new ChangeLane(source, Changes(List(list, filter))) { IsWithoutStage = true }]
        : stages.Select(stage => new ChangeLane($"{source} in {stage}", Changes(List(list, filter.Copy().Add("environmentKey", stage.StageKey)).Do(row => (row.StageKey, row.StageName) = (stage.StageKey, stage.Name)))));

    private OffsetPages<T> List<T>(Operation<Json.Page<T>> list, Query query) => new(client, list, query, new ListWindow(PageSize: scope.PageSize));

    private IPagedList<OdcChange> Changes<T>(IPagedList<T> rows)
        where T : StageOperation => rows.SelectMany<T, OdcChange>(row => scope.Has(row.AssetKey) ? [OdcChange.Of(row)] : []);

    private Query Filter => OfAsset(scope.Dates("createdDateSince", "createdDateTo"));

    // For several assets, the list of all takes fewer requests than a list for each.
    private Query OfAsset(Query query) => scope.AssetKeys.Count == 1 ? query.Add("assetKey", scope.AssetKeys[0]) : query;

    private async Task NameAsync(IReadOnlyList<OdcChange> page, ICaller caller, CancellationToken cancellationToken)
    {
        var names = client.Names;
        await names.UserNames.LearnAsync(page.Select(c => c.ChangedBy), caller, cancellationToken).ConfigureAwait(false);
        await names.AssetNames.LearnAsync(page.Where(c => c.AssetName is null).Select(c => c.AssetKey), caller, cancellationToken).ConfigureAwait(false);
        foreach (var change in page)
            (change.ChangedByName, change.AssetName) = (names.UserNames.Of(change.ChangedBy), change.AssetName ?? names.AssetNames.Of(change.AssetKey));
    }
}

/// <summary>A list of changes, the newest first, which is read as needed.</summary>
internal sealed class ChangeLane(string source, IPagedList<OdcChange>? list) : IAsyncDisposable
{
    private IAsyncEnumerator<IReadOnlyList<OdcChange>>? _pages;
    private List<OdcChange> _rows = [];
    private int _next;
    private bool _isEmpty = true;

    internal ChangeLane(IEnumerable<OdcChange> all)
        : this("", list: null) => _rows = [.. all.OrderByDescending(At)];

    /// <summary>Whether it covers all stages, because no stage is visible.</summary>
    internal bool IsWithoutStage { get; init; }

    internal bool HasEnded { get; private set; } = list is null;

    internal OdcChange? Next => _next < _rows.Count ? _rows[_next] : null;

    internal IReadOnlyList<OdcChange> Rows => _rows;

    // Changes without a date sort as now.
    internal static DateTimeOffset At(OdcChange change) => change.ChangedAt ?? DateTimeOffset.MaxValue;

    internal OdcChange Take() => _rows[_next++];

    internal void Keep(Func<OdcChange, bool> isWanted) => _rows = [.. _rows.Where(isWanted)];

    internal async Task ReadAsync(ChangeSources sources, ICaller caller, CancellationToken cancellationToken)
    {
        _pages ??= list!.PagesAsync(caller, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var read = await sources.TryAsync(source, async () => Tuple.Create(await _pages.MoveNextAsync().ConfigureAwait(false) ? _pages.Current : null), caller).ConfigureAwait(false);
        var page = read?.Item1;
        HasEnded = page is null;
        _isEmpty &= page is null;
        if (read is not null && HasEnded && _isEmpty && IsWithoutStage)
            caller.Warning($"{source} are left out: the API client sees no stage. Grant it Stage > View stage in the ODC Portal.");
        if (_next > 0 && _next == _rows.Count)
            (_rows, _next) = ([], 0);
        // The service sorts by creation time, which is some time before the start.
        _rows.AddRange((page ?? []).OrderByDescending(At));
    }

    public ValueTask DisposeAsync() => _pages?.DisposeAsync() ?? default;
}

/// <summary>Reads the sources of a timeline. A source that the API client may not read is a warning, once, and the others are read.</summary>
internal sealed class ChangeSources
{
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private OdcApiException? _refusal;
    private bool _isAnyRead;

    /// <summary>The items that were read; null if the API client lacks the permission.</summary>
    internal async Task<T?> TryAsync<T>(string source, Func<Task<T>> read, ICaller caller)
        where T : class
    {
        if (_refused.Contains(source))
            return null;
        try
        {
            var result = await read().ConfigureAwait(false);
            _isAnyRead = true;
            return result;
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            _refusal = e;
            _refused.Add(source);
            caller.Warning($"{source} are left out: {e.Message}");
            return null;
        }
    }

    /// <summary>Throws when no source could be read, because an empty timeline would look as if nothing had happened.</summary>
    /// <exception cref="OdcApiException">Every source was denied.</exception>
    internal void RequireAny()
    {
        if (_refusal is not null && !_isAnyRead)
            throw _refusal;
    }
}
