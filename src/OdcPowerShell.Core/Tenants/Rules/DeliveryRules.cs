using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.Portfolios;
using static OdcPowerShell.Tenants.Rules.RuleWords;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>Assets that run in a later stage in a newer revision than in the stage before, or only there.</summary>
internal sealed class StageAhead() : TenantRule("StageAhead", Delivery, High, "Assets whose Production is ahead of QA")
{
    internal override string Reason => "What runs in a stage and not in the stage before it was not tested there. What is deployed in each stage is compared with the stage before it, without development stages.";

    internal override string Advice => "Deploy the revision to the stage before too, and test it there.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var (asset, before, after) in await StagePairs.OfAsync(check).ConfigureAwait(false))
        {
            if (after.Now is not { Revision: not null } ahead || ahead.Revision <= before.Now?.Revision)
                continue;
            var there = before.Now is { } old ? $"revision {VersionTag.Text(old.Revision, old.Tag)} runs in {before.Stage}" : $"it does not run in {before.Stage}";
            check.Find(
                ahead.AssetName, $"Revision {VersionTag.Text(ahead.Revision, ahead.Tag)} of {ahead.AssetName} runs in {after.Stage}, and {there}.",
                check.Command($"Get-OdcDeployedAsset {RuleText.Argument(ahead.AssetName, asset.AssetKey)} -Stage {StagePairs.Name(after.Stage)} -Flat", $"Start-OdcDeployment -Stage {StagePairs.Name(before.Stage)}"), after.Stage);
        }
    }
}

/// <summary>Assets that run in a stage far behind the stage before.</summary>
internal sealed class StageBehind() : TenantRule("StageBehind", Delivery, Medium, "Assets that are far behind the stage before")
{
    internal override string Reason => "Large steps are hard to test and hard to undo. What is deployed in each stage is compared with the stage before it, without development stages, by revisions and by days.";

    internal override string Advice => "Deploy what was tested, or undeploy it from the stage before.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.BehindRevisions, RuleThreshold.BehindDays];

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var (asset, before, after) in await StagePairs.OfAsync(check).ConfigureAwait(false))
        {
            if (before.Now is not { } newer || after.Now is not { } older || newer.Revision <= older.Revision)
                continue;
            var (revisions, days) = ((newer.Revision ?? 0) - (older.Revision ?? 0), newer.DeployedAt is { } at ? check.DaysSince(at) : 0);
            if (revisions <= check.Limit(RuleThreshold.BehindRevisions) && days <= check.Limit(RuleThreshold.BehindDays))
                continue;
            check.Find(
                older.AssetName, $"{after.Stage} runs revision {VersionTag.Text(older.Revision, older.Tag)} of {older.AssetName}, {RuleText.Count(revisions, "revision")} behind {before.Stage}, which has run revision {VersionTag.Text(newer.Revision, newer.Tag)} for {days} days.",
                check.Command($"Get-OdcDeployedAsset {RuleText.Argument(newer.AssetName, asset.AssetKey)} -Stage {StagePairs.Name(before.Stage)} -Flat", $"Start-OdcDeployment -Stage {StagePairs.Name(after.Stage)}"), after.Stage);
        }
    }
}

/// <summary>Debug builds that run after development.</summary>
internal sealed class DebugBuild() : TenantRule("DebugBuild", Delivery, High, "Debug builds that run outside development")
{
    internal override string Reason => "Debug builds are slower and show more. The build of each asset in each stage that is not for development is read.";

    internal override string Advice => "Build the revision as Release, and deploy that build.";

    internal override string Costs => "a request for each build that runs";

    internal override async Task CheckAsync(RuleCheck check)
    {
        var stages = (await check.StagesAsync().ConfigureAwait(false)).Where(stage => !StagePairs.IsDevelopment(stage)).ToList();
        var assets = await check.ReadAsync("All deployed assets", check.Tenant.DeployedAssetsAsync).ConfigureAwait(false) ?? [];
        var running = from stage in stages
                      from asset in assets
                      from deployed in asset.Deployments ?? []
                      where RuleCheck.IsSame(deployed.DeployedStageKey, stage.StageKey) && asset.IsBuiltIn != true
                      select (Stage: stage, Asset: asset, Deployed: deployed);
        var known = running.ToLookup(r => r.Deployed.BuildKey is not null);
        foreach (var (stage, _, deployed) in known[false])
            check.Miss(deployed.ToString(), $"The service does not report the build of {deployed} in {stage}.", missing: null, stage);
        foreach (var ((stage, asset, deployed), builds) in await check.EachAsync(known[true], r => (r.Deployed.ToString(), r.Stage), r => check.Tenant.BuildAsync(r.Deployed.BuildKey!)).ConfigureAwait(false))
        {
            if (builds.Any(build => build.BuildType != BuildOperations.Release))
                check.Find(deployed.AssetName, $"{stage} runs a {builds[0].BuildType} build of {deployed}.", check.Command($"Start-OdcDeployment {RuleText.Argument(deployed.AssetName, asset.AssetKey)} {deployed.Revision} -Stage {StagePairs.Name(stage)} -BuildIfMissing -Force"), stage);
        }
    }
}

/// <summary>Assets whose last deployment to a stage failed.</summary>
internal sealed class FailedDeployment() : TenantRule("FailedDeployment", Delivery, High, "Assets whose last deployment failed")
{
    internal override string Reason => "After a deployment that failed, the stage runs something else than planned. The newest deployment, undeployment or configuration of each asset in each stage counts, of the last days.";

    internal override string Advice => "Read the messages of the operation (Get-OdcDeploymentMessage), remove the cause, and start it again.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.DeploymentDays];

    internal override async Task CheckAsync(RuleCheck check)
    {
        var since = check.Now - TimeSpan.FromDays(check.Limit(RuleThreshold.DeploymentDays));
        var stages = await check.StagesAsync().ConfigureAwait(false);
        foreach (var (stage, operations) in await check.EachAsync(stages, s => (s.ToString(), s), s => check.Tenant.DeploymentsAsync(s, since)).ConfigureAwait(false))
        {
            foreach (var last in operations.Where(o => o.AssetKey is not null).GroupBy(o => o.AssetKey, StringComparer.OrdinalIgnoreCase).Select(g => g.OrderByDescending(o => o.StartedDateTime).First()))
            {
                if (last.Status != "FinishedWithError")
                    continue;
                var asset = RuleText.Argument(last.AssetName, last.AssetKey);
                var again = last.Operation switch
                {
                    "Undeploy" => $"Start-OdcUndeployment {asset}",
                    "ApplyConfigs" => $"Start-OdcConfigurationApply {asset}",
                    _ => FormattableString.Invariant($"Start-OdcDeployment {asset} {last.Revision}"),
                };
                check.Find(last.AssetName ?? last.AssetKey, $"{last.Operation} of {last.AssetName ?? last.AssetKey} in {stage} failed on {RuleText.Day(last.StartedDateTime)}. Its operation is {last.OperationKey}.", check.Command($"{again} -Stage {StagePairs.Name(stage)}"), stage);
            }
        }
    }
}

/// <summary>Settings that were set and are not in use yet.</summary>
internal sealed class PendingSetting() : TenantRule("PendingSetting", Delivery, Medium, "Settings that were set and not applied")
{
    internal override string Reason => "A pending setting takes effect with the next deployment, when no one expects it. The configuration of each app and agent in each stage is read.";

    internal override string Advice => "Apply the settings, or set them back.";

    internal override string Costs => "a request for each app and agent in each stage";

    internal override async Task CheckAsync(RuleCheck check)
    {
        var stages = await check.StagesAsync().ConfigureAwait(false);
        var assets = await check.ReadAsync("All deployed assets", check.Tenant.DeployedAssetsAsync).ConfigureAwait(false) ?? [];
        var running = from stage in stages
                      from asset in assets
                      where asset.IsBuiltIn != true && (asset.Deployments ?? []).Any(d => RuleCheck.IsSame(d.DeployedStageKey, stage.StageKey))
                      select (Stage: stage, Asset: asset);
        foreach (var ((stage, asset), read) in await check.EachAsync(running, r => (r.Asset.ToString(), r.Stage), r => check.Tenant.AssetConfigurationAsync(r.Stage, r.Asset)).ConfigureAwait(false))
        {
            var pending = read.SelectMany(configuration => configuration.All).Where(setting => setting.IsPending == true).ToList();
            if (pending.Count > 0)
                check.Find(asset.Name, $"{asset} in {stage} has {RuleText.Count(pending.Count, "pending setting")}: {RuleText.Few(pending.Select(s => s.FullName))}.", check.Command($"Start-OdcConfigurationApply {RuleText.Argument(asset.Name, asset.AssetKey)} {StagePairs.Name(stage)}"), stage);
        }
    }
}

/// <summary>Stages that follow each other, with what runs in them.</summary>
internal static class StagePairs
{
    internal static string Name(OdcStage stage) => RuleText.Argument(stage.Name, stage.StageKey);

    internal static bool IsDevelopment(OdcStage stage) => string.Equals(stage.Purpose, "Development", StringComparison.OrdinalIgnoreCase);

    /// <summary>Each asset in each pair of stages, of which the second is one that the user chose.</summary>
    internal static async Task<IReadOnlyList<(OdcDeployedAsset Asset, Running Before, Running After)>> OfAsync(RuleCheck check)
    {
        var all = await check.AllStagesAsync().ConfigureAwait(false);
        if (all.Count == 0)
            return [];
        var row = all.Where(stage => !IsDevelopment(stage)).ToList();
        // Without a stage for tests, development is the stage before.
        var stages = row.Count > 1 ? row : [.. all];
        var pairs = stages.Skip(1).Select((after, i) => (Before: stages[i], After: after)).Where(p => check.IsChosen(p.After.StageKey)).ToList();
        if (pairs.Count == 0)
        {
            check.Miss("All stages", "There is no stage before to compare with.");
            return [];
        }

        var assets = await check.ReadAsync("All deployed assets", check.Tenant.DeployedAssetsAsync).ConfigureAwait(false) ?? [];
        return [.. from pair in pairs
                   from asset in assets
                   where asset.IsBuiltIn != true
                   select (asset, Running.Of(asset, pair.Before), Running.Of(asset, pair.After))];
    }
}

/// <summary>What runs of an asset in a stage; null if it does not run there.</summary>
internal sealed record Running(OdcStage Stage, OdcDeployedRevision? Now)
{
    internal static Running Of(OdcDeployedAsset asset, OdcStage stage) => new(stage, asset.Deployments?.FirstOrDefault(d => RuleCheck.IsSame(d.DeployedStageKey, stage.StageKey)));
}
