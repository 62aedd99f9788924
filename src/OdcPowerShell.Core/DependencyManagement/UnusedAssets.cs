using System.Runtime.CompilerServices;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.DependencyManagement;

/// <summary>
/// Those of a list of assets that run in no stage and that no other asset uses. Assets of the service and templates are never unused. In doubt an
/// asset is not listed: one that is used by an older revision of another asset, and one whose metadata is missing.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="assets">The assets, with their metadata.</param>
internal sealed class UnusedAssets(OdcClient client, IPagedList<OdcAsset> assets) : IPagedList<OdcAsset>
{
    private const string Development = "Development";
    private int _requests;

    public int? TotalCount => null;

    public async IAsyncEnumerable<IReadOnlyList<OdcAsset>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stages = await StagesAsync(caller, cancellationToken).ConfigureAwait(false);
        var deployed = await DeployedAsync(caller, cancellationToken).ConfigureAwait(false);
        var (all, skipped, candidates) = (0, 0, 0);
        await foreach (var page in assets.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            all += page.Count;
            foreach (var asset in page.Where(a => a.AssetKey is not null && !deployed.Contains(a.AssetKey)))
            {
                if (!CanBeUnused(asset, caller))
                {
                    skipped++;
                    continue;
                }

                candidates++;
                if (!await HasConsumersAsync(asset.AssetKey!, stages, caller, cancellationToken).ConfigureAwait(false))
                    yield return [asset];
            }
        }

        caller.Verbose(FormattableString.Invariant(
            $"Of {all} assets, {all - skipped - candidates} run in a stage and {skipped} come with the service or are templates. For the other {candidates}, {_requests} requests for consumers were sent."));
    }

    private static bool CanBeUnused(OdcAsset asset, ICaller caller)
    {
        if (asset.Embedded?.Metadata is { } metadata)
            return metadata.IsBuiltInAsset != true && string.IsNullOrEmpty(metadata.TemplateType);
        caller.Verbose($"{asset} is left out: the service shows no metadata of it, so it could be a template.");
        return false;
    }

    // The publishing stage is asked for without a key: there libraries are consumers too. The others can run older revisions of consumers.
    private async Task<IReadOnlyList<string?>> StagesAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var stages = await client.Names.Stages.GetAsync(caller, cancellationToken).ConfigureAwait(false);
        if (stages.Count == 0)
        {
            throw new OdcException(
                OdcErrorCause.AccessDenied, "Which assets are unused can't be found out: the API client sees no stage, so it can't see where assets run.",
                $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {PortfoliosApi.ListEnvironments.NeededForRows}.");
        }

        var isOnePublishing = stages.Count(s => s.Purpose == Development) == 1;
        return [null, .. stages.Where(s => !isOnePublishing || s.Purpose != Development).Select(s => s.StageKey)];
    }

    private async Task<HashSet<string>> DeployedAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var list = new OffsetPages<OdcDeployedAsset>(client, PortfoliosApi.ListDeployedAssets, new Query(), new ListWindow());
        var asking = new ListCaller(caller);
        var deployed = await list.ReadAllAsync(asking, cancellationToken).ConfigureAwait(false);
        // An asset that the list lacks would look unused.
        if (asking.Lacks is not null)
            throw new OdcException(OdcErrorCause.UnexpectedResponse, $"Which assets are unused can't be found out: of the deployed assets, {char.ToLowerInvariant(asking.Lacks[0])}{asking.Lacks.Substring(1)}", "Run the command again later.");
        return new HashSet<string>(deployed.Select(d => d.AssetKey).OfType<string>(), StringComparer.OrdinalIgnoreCase);
    }

    private async Task<bool> HasConsumersAsync(string key, IReadOnlyList<string?> stages, ICaller caller, CancellationToken cancellationToken)
    {
        foreach (var stage in stages)
        {
            _requests++;
            var query = new Query().Add("environmentKey", stage).Add("allowMultipleVersions", "true");
            try
            {
                var consumers = await client.GetAsync(DependencyManagementApi.ListConsumers, [key], query, caller, cancellationToken).ConfigureAwait(false);
                if ((consumers.Results ?? []).Any(c => !string.Equals(c.AssetKey, key, StringComparison.OrdinalIgnoreCase)))
                    return true;
            }
            catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
            {
                caller.Verbose($"The asset {key} is left out: it was removed meanwhile, or its consumers can't be read.");
                return true;
            }
        }

        return false;
    }
}
