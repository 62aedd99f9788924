namespace OdcPowerShell.Portfolios;

/// <summary>What runs where, with the names of the stages, which the answers leave out.</summary>
internal static class DeployedAssetReader
{
    internal static IPagedList<OdcDeployedAsset> Of(OdcClient client, Operation<Page<OdcDeployedAsset>> list, Query query, ListWindow window) =>
        new OffsetPages<OdcDeployedAsset>(client, list, query, window).Do(async (page, caller, cancellationToken) =>
        {
            await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
            foreach (var deployment in page.SelectMany(a => a.Deployments ?? []))
                deployment.DeployedStageName = client.Names.Stages.NameOf(deployment.DeployedStageKey);
        });

    /// <summary>One row for each deployment in these stages, or in all where none is named.</summary>
    internal static IPagedList<OdcDeployedRevision> Flat(IPagedList<OdcDeployedAsset> assets, IReadOnlyCollection<string> stageKeys) =>
        assets.SelectMany(asset => (asset.Deployments ?? []).Where(d => stageKeys.Count == 0 || stageKeys.Contains(d.DeployedStageKey, StringComparer.OrdinalIgnoreCase)));

    /// <summary>The same rows with the names of the people who deployed them.</summary>
    internal static IPagedList<OdcDeployedRevision> Named(this IPagedList<OdcDeployedRevision> rows, OdcClient client) =>
        rows.Do(async (page, caller, cancellationToken) =>
        {
            await client.Names.UserNames.LearnAsync(page.Select(row => row.DeployedBy), caller, cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
                row.DeployedByName = client.Names.UserNames.Of(row.DeployedBy);
        });
}
