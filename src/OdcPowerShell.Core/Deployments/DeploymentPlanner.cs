using OdcPowerShell.Builds;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Http;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Deployments;

/// <summary>Finds out what must be known before revisions are deployed to a stage.</summary>
internal sealed class DeploymentPlanner(OdcClient client, string stageKey)
{
    private const int KeysPerRequest = 50;

    /// <summary>Names, types and the revisions that run in the stage, with few requests for all.</summary>
    internal async Task LearnAsync(IReadOnlyList<DeploymentTarget> targets, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Names.AssetNames.LearnAsync(targets.Select(t => t.AssetKey), caller, cancellationToken).ConfigureAwait(false);
        var running = await RunningAsync([.. targets.Select(t => t.AssetKey).Distinct(StringComparer.OrdinalIgnoreCase)], caller, cancellationToken).ConfigureAwait(false);
        foreach (var target in targets)
        {
            target.AssetName ??= client.Names.AssetNames.Of(target.AssetKey);
            target.AssetType ??= client.Names.AssetNames.TypeOf(target.AssetKey);
            target.Replaced = running.TryGetValue(target.AssetKey, out var revision) ? revision : null;
        }
    }

    /// <summary>The revisions that run in the stage, by asset key.</summary>
    internal async Task<IReadOnlyDictionary<string, int>> RunningAsync(IReadOnlyList<string> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        var running = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < assetKeys.Count; i += KeysPerRequest)
        {
            var query = new Query().Add("environmentKey", stageKey).AddJoined("key", assetKeys.Skip(i).Take(KeysPerRequest));
            foreach (var asset in await new OffsetPageReader<OdcDeployedAsset>(client, PortfoliosApi.ListDeployedAssets, query, new ListWindow()).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false))
            {
                if (asset.Deployments?.FirstOrDefault(d => string.Equals(d.DeployedStageKey, stageKey, StringComparison.OrdinalIgnoreCase))?.Revision is { } revision)
                    running[asset.AssetKey ?? ""] = revision;
            }
        }

        return running;
    }

    /// <summary>What each target uses; where the service does not tell, nothing.</summary>
    internal async Task LearnProducersAsync(IReadOnlyList<DeploymentTarget> targets, ICaller caller, CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            try
            {
                var revision = target.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
                var list = await client.GetAsync(DependencyManagementApi.ListProducers, [target.AssetKey, revision], query: null, caller, cancellationToken).ConfigureAwait(false);
                target.Producers = [.. (list.Results ?? []).Select(p => p.AssetKey).OfType<string>()];
            }
            catch (OdcApiException e) when (e.Cause is OdcErrorCause.AccessDenied or OdcErrorCause.NotFound)
            {
                caller.Verbose($"What {target} uses is not known: {e.Message}");
            }
        }
    }

    /// <summary>The newest finished Release build of a target; null where there is none.</summary>
    /// <exception cref="OdcException">The builds can't be read.</exception>
    internal async Task<OdcBuild?> FindBuildAsync(DeploymentTarget target, ICaller caller, CancellationToken cancellationToken)
    {
        var builds = await BuildOperations.OfRevisionAsync(client, target.AssetKey, target.Revision, BuildOperations.Release, caller, cancellationToken).ConfigureAwait(false);
        return builds.Where(b => b.IsSuccess).OrderByDescending(b => b.StartedDateTime).FirstOrDefault();
    }

    internal static OdcException NoBuild(DeploymentTarget target) => new(
        OdcErrorCause.NotFound, $"There is no finished Release build of {target}: a Debug build can't be deployed.",
        "-BuildIfMissing starts one and waits for it; so does Start-OdcBuild -Wait.");

    internal static OdcException WrongBuild(DeploymentTarget target, OdcBuild build) => new(
        OdcErrorCause.InvalidRequest,
        $"The build {build.BuildKey} can't be deployed as {target}: it is a {build.BuildType} build of revision {build.Revision} of {build.AssetKey}, and {build.Status}.",
        "Only a finished Release build of the very revision can be deployed. Without -BuildKey, the newest is taken.");
}
