using OdcPowerShell.AssetRepository;
using static OdcPowerShell.Tenants.Rules.RuleWords;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>Apps that run nowhere.</summary>
internal sealed class UnusedApp() : TenantRule("UnusedApp", Assets, Low, "Apps that run in no stage")
{
    internal override string Reason => "What runs nowhere still counts in lists, dependencies and limits. The organization's own apps, workflows and agents are compared with what is deployed in all stages that the API client may view.";

    internal override string Advice => "Remove the app, or deploy it.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.UnusedDays];

    internal override async Task CheckAsync(RuleCheck check)
    {
        // Without a stage that the API client may view, everything would seem to run nowhere.
        if ((await check.AllStagesAsync().ConfigureAwait(false)).Count == 0
            || await check.ReadAsync("All assets", check.Tenant.OwnAssetsAsync).ConfigureAwait(false) is not { } assets
            || await check.ReadAsync("All deployed assets", check.Tenant.DeployedAssetsAsync).ConfigureAwait(false) is not { } deployed)
            return;
        var running = new HashSet<string>(deployed.Where(d => d.Deployments is { Count: > 0 }).Select(d => d.AssetKey ?? ""), StringComparer.OrdinalIgnoreCase);
        foreach (var asset in assets.Where(a => a.AssetType is "WebApplication" or "MobileApplication" or "Workflow" or "Agent" && !running.Contains(a.AssetKey ?? "")))
        {
            if (asset.CreatedAt is null)
                check.Miss(asset.ToString(), $"{asset} runs in no stage, and the service does not report how old it is.");
            if (asset.CreatedAt is { } at && check.DaysSince(at) is var days && days >= check.Limit(RuleThreshold.UnusedDays))
                check.Find(asset.Name, $"{asset.Name} ({asset.AssetType}) runs in no stage. Its latest revision, {asset.Revision}, is {days} days old.", check.Command($"Remove-OdcAsset {RuleText.Argument(asset.Name, asset.AssetKey)}"));
        }
    }
}

/// <summary>Libraries that no asset uses.</summary>
internal sealed class UnusedLibrary() : TenantRule("UnusedLibrary", Assets, Info, "Libraries that no asset uses")
{
    internal override string Reason => "A library without consumers costs care and helps no one. The consumers of each of the organization's own libraries are read.";

    internal override string Advice => "Remove the library if no one plans to use it.";

    internal override string Costs => "a request for each library";

    internal override async Task CheckAsync(RuleCheck check)
    {
        var libraries = (await check.ReadAsync("All assets", check.Tenant.OwnAssetsAsync).ConfigureAwait(false) ?? []).Where(a => a is { AssetKey: not null } && a.AssetType?.EndsWith("Library", StringComparison.Ordinal) == true);
        foreach (var (library, consumers) in await check.EachAsync(libraries, l => (l.ToString(), null), check.Tenant.FirstConsumerAsync).ConfigureAwait(false))
        {
            if (consumers.Count == 0)
                check.Find(library.Name, $"No asset uses the {library.AssetType} {library.Name}.", check.Command($"Remove-OdcAsset {RuleText.Argument(library.Name, library.AssetKey)}"));
        }
    }
}

/// <summary>Assets that use old revisions of others.</summary>
internal sealed class OutdatedProducer() : TenantRule("OutdatedProducer", Assets, Low, "Assets that use an outdated producer")
{
    internal override string Reason => "Corrections of a library reach its consumers only when they are updated. The producers that the latest revision of each own asset uses itself are compared with their latest revisions.";

    internal override string Advice => "Update the dependencies of the asset in ODC Studio, and publish it. The command lists its producers.";

    internal override string Costs => "a request for each asset";

    internal override async Task CheckAsync(RuleCheck check)
    {
        if (await check.ReadAsync("All assets", check.Tenant.AssetsAsync).ConfigureAwait(false) is not { } all
            || await check.ReadAsync("All assets", check.Tenant.OwnAssetsAsync).ConfigureAwait(false) is not { } own)
            return;
        var latest = new Dictionary<string, OdcAsset>(StringComparer.OrdinalIgnoreCase);
        foreach (var asset in all)
            latest[asset.AssetKey ?? ""] = asset;
        foreach (var (asset, producers) in await check.EachAsync(own.Where(a => a is { AssetKey: not null, Revision: not null }), a => (a.ToString(), null), check.Tenant.ProducersOfAsync).ConfigureAwait(false))
        {
            var old = producers.Where(p => p.IsDirectProducer != false && latest.TryGetValue(p.AssetKey ?? "", out var now) && now.Revision > p.Revision).ToList();
            if (old.Count > 0)
                check.Find(asset.Name, $"Revision {asset.Revision} of {asset.Name} uses {RuleText.Count(old.Count, "outdated producer")}: {RuleText.Few(old.Select(p => FormattableString.Invariant($"{p.Name} {p.Revision} of {latest[p.AssetKey!].Revision}")))}.", check.Command($"Get-OdcAssetProducer {RuleText.Argument(asset.Name, asset.AssetKey)}"));
        }
    }
}
