using System.Collections.Concurrent;
using System.Globalization;
using OdcPowerShell.Builds;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Deployments;

/// <summary>Reads the data for a plan, with few requests for all of its assets.</summary>
internal sealed class DeploymentPlanner(OdcClient client, DeploymentOptions options)
{
    private const int KeysPerRequest = 50;
    private const int AtOnce = 8;
    private readonly Dictionary<string, ReleaseBuild> _builds = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, IReadOnlyCollection<string>> _producers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Plans the deployments to a stage.</summary>
    /// <exception cref="OdcException">What runs there can't be read.</exception>
    internal async Task<DeploymentPlan> PlanAsync(OdcStage stage, IReadOnlyList<ReleaseItem> items, StageState? state, ICaller caller, CancellationToken cancellationToken)
    {
        var targets = items.Select(item => new DeploymentTarget(item, stage)).ToList();
        await client.Names.AssetNames.LearnAsync(targets.Select(t => t.AssetKey), caller, cancellationToken).ConfigureAwait(false);
        foreach (var target in targets)
        {
            target.AssetName ??= client.Names.AssetNames.Of(target.AssetKey);
            target.AssetType = client.Names.AssetNames.Find(target.AssetKey)?.AssetType;
            if (target.IsLibrary)
                (target.State, target.Reason) = (DeploymentState.Skipped, "a library travels inside the apps that use it");
        }

        var plan = new DeploymentPlan(stage, targets);
        RefuseTwins(plan);
        await RefreshAsync(plan, state, caller, cancellationToken).ConfigureAwait(false);
        await ForAllAsync(plan.Planned.Where(t => t.Operation is null), t => FindBuildAsync(t, caller, cancellationToken)).ConfigureAwait(false);
        if (options.Wait && plan.Planned.Skip(1).Any())
            await LearnProducersAsync(plan, caller, cancellationToken).ConfigureAwait(false);
        plan.Order();
        return plan;
    }

    /// <summary>Reads again what runs in the stage and what is being deployed there, unless it was just read.</summary>
    /// <exception cref="OdcException">It can't be read.</exception>
    internal async Task RefreshAsync(DeploymentPlan plan, StageState? state, ICaller caller, CancellationToken cancellationToken)
    {
        var open = plan.Planned.ToList();
        if (open.Count == 0)
            return;
        state ??= await StateAsync(client, plan.Stage.StageKey!, [.. open.Select(t => t.AssetKey)], caller, cancellationToken).ConfigureAwait(false);
        foreach (var target in open)
        {
            target.Replaced = state.Running.RevisionOf(target.AssetKey);
            Judge(target, state.Underway.FirstOrDefault(o => string.Equals(o.AssetKey, target.AssetKey, StringComparison.OrdinalIgnoreCase)));
            if (target.State == DeploymentState.Skipped || target.Operation is not null)
                KeepBuild(target, target.Operation?.BuildKey ?? state.Running.BuildOf(target.AssetKey));
        }
    }

    /// <summary>Reads the revisions that run in a stage, and the deployments that are running there.</summary>
    /// <exception cref="OdcException">What runs there can't be read.</exception>
    internal static async Task<StageState> StateAsync(OdcClient client, string stageKey, IReadOnlyList<string> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        // In this order, a deployment that ends between the two requests appears among the running revisions.
        var underway = await UnderwayAsync(client, stageKey, caller, cancellationToken).ConfigureAwait(false);
        return new StageState(await RunningAsync(client, stageKey, assetKeys, caller, cancellationToken).ConfigureAwait(false), underway);
    }

    /// <summary>The revisions of assets that run in a stage.</summary>
    /// <exception cref="OdcException">They can't be read.</exception>
    internal static async Task<RunningRevisions> RunningAsync(OdcClient client, string stageKey, IReadOnlyList<string> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        var running = new RunningRevisions();
        var keys = assetKeys.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        for (var i = 0; i < keys.Count; i += KeysPerRequest)
        {
            var query = new Query().Add("environmentKey", stageKey).AddJoined("key", keys.Skip(i).Take(KeysPerRequest));
            foreach (var asset in await new OffsetPages<OdcDeployedAsset>(client, PortfoliosApi.ListDeployedAssets, query, new ListWindow()).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false))
            {
                if (asset.Deployments?.FirstOrDefault(d => string.Equals(d.DeployedStageKey, stageKey, StringComparison.OrdinalIgnoreCase)) is { Revision: { } revision } deployed)
                    running.Add(asset.AssetKey ?? "", revision, deployed.BuildKey);
            }
        }

        return running;
    }

    /// <summary>The newest deployment of a target's revision to its stage that was started after a time, or still runs; null if there is none.</summary>
    /// <exception cref="OdcException">The deployments can't be read.</exception>
    internal async Task<OdcDeployment?> FindStartedAsync(DeploymentTarget target, DateTimeOffset since, ICaller caller, CancellationToken cancellationToken)
    {
        var query = new Query().Add("environmentKey", target.Stage.StageKey).Add("assetKey", target.AssetKey).Add("sort", "-CreatedAt").Add("limit", 5);
        var page = await client.GetAsync(DeploymentsApi.FilterDeployments, [], query, caller, cancellationToken).ConfigureAwait(false);
        return (page.Results ?? []).FirstOrDefault(o => o.Operation == "Deploy" && o.Revision == target.Item.Revision && (!o.IsTerminal || o.StartedDateTime >= since));
    }

    /// <summary>A Release build of a target's revision that is finished, or else one that runs; null if there is none.</summary>
    /// <exception cref="OdcException">The builds can't be read.</exception>
    internal async Task<OdcBuild?> NewestBuildAsync(DeploymentTarget target, ICaller caller, CancellationToken cancellationToken)
    {
        var builds = await BuildOperations.OfRevisionAsync(client, target.AssetKey, target.Item.Revision, BuildOperations.Release, caller, cancellationToken).ConfigureAwait(false);
        return builds.Where(b => b.IsSuccess || !b.IsTerminal).OrderByDescending(b => b.IsSuccess).ThenByDescending(b => b.StartedDateTime).FirstOrDefault();
    }

    // Two revisions of one asset would race, and the result would be random.
    private static void RefuseTwins(DeploymentPlan plan)
    {
        foreach (var same in plan.Planned.GroupBy(t => t.AssetKey, StringComparer.OrdinalIgnoreCase).Where(g => g.Skip(1).Any()).ToList())
        {
            var revisions = string.Join(" and ", same.Select(t => t.Item.Revision.ToString(CultureInfo.InvariantCulture)));
            foreach (var target in same)
            {
                target.Fail(new OdcException(
                    OdcErrorCause.InvalidRequest, $"{target.AssetName ?? target.AssetKey} was not deployed: its revisions {revisions} are to be deployed to {plan.Stage} together.", "Deploy one revision of an asset at a time."));
            }
        }
    }

    private void Judge(DeploymentTarget target, OdcDeployment? underway)
    {
        var isSame = underway is { Operation: "Deploy" } && underway.Revision == target.Item.Revision;
        if (underway is not null && !isSame)
        {
            target.Fail(new OdcException(
                OdcErrorCause.Conflict, $"{target} was not deployed to {target.Stage}: revision {underway.Revision} of it has a running operation there ({underway.Operation}).",
                $"Wait for it first: Get-OdcDeployment {underway.OperationKey} | Wait-OdcOperation"));
        }
        else if (isSame && options.Wait)
        {
            (underway!.StageKey, underway.StageName, target.Operation) = (target.Stage.StageKey, target.Stage.Name, underway);
        }
        else if (isSame)
        {
            (target.State, target.Reason) = (DeploymentState.Skipped, "it is being deployed there already");
        }
        else if (target.Replaced == target.Item.Revision && !options.Force && !target.Item.IsAnotherBuild && target.Item.Build is null && options.BuildKey is null)
        {
            (target.State, target.Reason) = (DeploymentState.Skipped, "it runs there already");
        }
    }

    private static async Task<IReadOnlyList<OdcDeployment>> UnderwayAsync(OdcClient client, string stageKey, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var query = new Query().Add("environmentKey", stageKey).Add("status", "Running");
            var running = await new OffsetPages<OdcDeployment>(client, DeploymentsApi.FilterDeployments, query, new ListWindow()).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            // Applying configurations does not block a deployment.
            return [.. running.Where(o => o.Operation != "ApplyConfigs")];
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            caller.Verbose($"The running deployments to the stage are not known: {e.Message}");
            return [];
        }
    }

    private async Task FindBuildAsync(DeploymentTarget target, ICaller caller, CancellationToken cancellationToken)
    {
        var item = target.Item;
        ReleaseBuild? known;
        var id = IdOf(item);
        lock (_builds)
            _builds.TryGetValue(id, out known);
        target.Build = known ?? new ReleaseBuild { Key = item.ProvenBuildKey };
        try
        {
            if (known is null && target.Build.Key is null)
                await ChooseBuildAsync(target, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.NotFound or OdcErrorCause.AccessDenied or OdcErrorCause.InvalidRequest)
        {
            target.Build.Failure = e;
        }

        lock (_builds)
            _builds[id] = target.Build;
        if (target.Build.Failure is { } failure)
            target.Fail(failure);
    }

    // A stage after the first runs Release builds, and later stages get the same build.
    private void KeepBuild(DeploymentTarget target, string? key)
    {
        var isProven = key is not null && target.Stage.Purpose is "NonProduction" or "Production" && options.BuildKey is null && target.Item.Build is null;
        lock (_builds)
        {
            if (isProven && !_builds.ContainsKey(IdOf(target.Item)))
                _builds[IdOf(target.Item)] = new ReleaseBuild { Key = key };
        }
    }

    private static string IdOf(ReleaseItem item) => FormattableString.Invariant($"{item.AssetKey}/{item.Revision}");

    private async Task ChooseBuildAsync(DeploymentTarget target, ICaller caller, CancellationToken cancellationToken)
    {
        var specified = options.BuildKey is { } key
            ? await client.GetAsync(BuildsApi.GetBuild, [key.ToString("D")], query: null, caller, cancellationToken).ConfigureAwait(false)
            : target.Item.Build;
        if (specified is not null)
        {
            var fits = specified is { IsSuccess: true, BuildType: BuildOperations.Release } && specified.Revision == target.Item.Revision
                && string.Equals(specified.AssetKey, target.AssetKey, StringComparison.OrdinalIgnoreCase);
            target.Build.Key = fits ? specified.BuildKey : null;
            target.Build.Failure = fits ? null : WrongBuild(target, specified);
            return;
        }

        var newest = await NewestBuildAsync(target, caller, cancellationToken).ConfigureAwait(false);
        if (newest is { IsSuccess: true })
            target.Build.Key = newest.BuildKey;
        else if (options.BuildsIfMissing)
            (target.Build.IsMissing, target.Build.Underway) = (true, newest);
        else
            target.Build.Failure = NoBuild(target, newest);
    }

    /// <summary>
    /// Reads the dependencies of the targets, once for all stages. If they can't be read, there is a warning and no order. The service leaves out assets
    /// that don't run in the stage of the request. So the request names the stage that the revision comes from, or no stage, which means
    /// the stage where it was published: a new asset does not run in the target stage yet.
    /// </summary>
    private async Task LearnProducersAsync(DeploymentPlan plan, ICaller caller, CancellationToken cancellationToken)
    {
        var unread = new ConcurrentQueue<(DeploymentTarget Target, OdcApiException Why)>();
        await ForAllAsync(plan.Planned, async target =>
        {
            try
            {
                if (_producers.TryGetValue(IdOf(target.Item), out var known))
                {
                    target.Producers = known;
                    return;
                }

                var revision = target.Item.Revision.ToString(CultureInfo.InvariantCulture);
                var query = new Query().Add("environmentKey", target.Item.SourceStageKey);
                var list = await client.GetAsync(DependencyManagementApi.ListProducers, [target.AssetKey, revision], query, caller, cancellationToken).ConfigureAwait(false);
                target.Producers = _producers[IdOf(target.Item)] = [.. (list.Results ?? []).Select(p => p.AssetKey).OfType<string>()];
            }
            catch (OdcApiException e) when (e.Cause is OdcErrorCause.AccessDenied or OdcErrorCause.NotFound)
            {
                unread.Enqueue((target, e));
            }
        }).ConfigureAwait(false);
        if (unread.TryPeek(out var first))
            caller.Warning($"What {first.Target}{(unread.Count == 1 ? "" : $" and {unread.Count - 1} more")} uses can't be read, so the order does not take it into account: {first.Why.Message}");
    }

    private static async Task ForAllAsync(IEnumerable<DeploymentTarget> targets, Func<DeploymentTarget, Task> work)
    {
        var all = targets.ToList();
        for (var i = 0; i < all.Count; i += AtOnce)
            await Task.WhenAll(all.Skip(i).Take(AtOnce).Select(work)).ConfigureAwait(false);
    }

    private static OdcException NoBuild(DeploymentTarget target, OdcBuild? underway) => new(
        OdcErrorCause.NotFound,
        $"There is no finished Release build of {target}{(underway is null ? ": a Debug build can't be deployed." : $"; the build {underway.BuildKey} is {underway.Status}.")}",
        "Use -BuildIfMissing to build it and wait for the build, or Start-OdcBuild -Wait.");

    private static OdcException WrongBuild(DeploymentTarget target, OdcBuild build) => new(
        OdcErrorCause.InvalidRequest,
        $"The build {build.BuildKey} can't be deployed as {target}: it is a {build.BuildType} build of revision {build.Revision} of {build.AssetKey}, and {build.Status}.",
        "Only a finished Release build of the same revision can be deployed. Without -BuildKey, the newest is taken.");
}

/// <summary>The state of a stage that a plan needs.</summary>
internal sealed record StageState(RunningRevisions Running, IReadOnlyList<OdcDeployment> Underway);

/// <summary>The revisions that run in a stage, and their builds, by asset key.</summary>
internal sealed class RunningRevisions
{
    private readonly Dictionary<string, (int Revision, string? BuildKey)> _all = new(StringComparer.OrdinalIgnoreCase);

    internal void Add(string assetKey, int revision, string? buildKey) => _all[assetKey] = (revision, buildKey);

    internal int? RevisionOf(string assetKey) => _all.TryGetValue(assetKey, out var running) ? running.Revision : null;

    internal string? BuildOf(string assetKey) => _all.TryGetValue(assetKey, out var running) ? running.BuildKey : null;
}
