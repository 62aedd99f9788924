using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Portfolios;

/// <summary>What runs where, with the names of the stages, which the answers leave out.</summary>
internal static class DeployedAssetReader
{
    internal static IPageReader<OdcDeployedAsset> Of(OdcClient client, Operation<Page<OdcDeployedAsset>> list, Query query, ListWindow window) => new ChangedReader<OdcDeployedAsset>(
        new OffsetPageReader<OdcDeployedAsset>(client, list, query, window),
        async (page, caller, cancellationToken) =>
        {
            await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
            foreach (var deployment in page.SelectMany(a => a.Deployments ?? []))
                deployment.DeployedStageName = client.Names.Stages.NameOf(deployment.DeployedStageKey);
            return page;
        });

    /// <summary>One row for each deployment in these stages, or in all where none is named.</summary>
    internal static IPageReader<OdcDeployedRevision> Flat(IPageReader<OdcDeployedAsset> assets, IReadOnlyCollection<string> stageKeys) => new FlatReader<OdcDeployedAsset, OdcDeployedRevision>(
        assets, asset => (asset.Deployments ?? []).Where(d => stageKeys.Count == 0 || stageKeys.Contains(d.DeployedStageKey, StringComparer.OrdinalIgnoreCase)));

    /// <summary>The same rows with the names of the people who deployed them.</summary>
    internal static IPageReader<OdcDeployedRevision> Named(this IPageReader<OdcDeployedRevision> rows, OdcClient client) => new ChangedReader<OdcDeployedRevision>(
        rows,
        async (page, caller, cancellationToken) =>
        {
            await client.Names.UserNames.LearnAsync(page.Select(row => row.DeployedBy), caller, cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
                row.DeployedByName = client.Names.UserNames.Of(row.DeployedBy);
            return page;
        });
}
