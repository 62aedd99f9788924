using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;
using static OdcPowerShell.Tenants.Rules.RuleWords;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>Stages that can't be used.</summary>
internal sealed class StageNotReady() : TenantRule("StageNotReady", Platform, High, "Stages that are not ready")
{
    internal override string Reason => "Deployments to a stage that is not ready fail. The status of each stage is read; the service reports one for self-hosted stages only.";

    internal override string Advice => "Look up the state of the stage in the ODC Portal. The command shows it too.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var stage in await check.StagesAsync().ConfigureAwait(false))
        {
            if (stage.Status is { Length: > 0 } status && !RuleCheck.IsSame(status, "Ready"))
                check.Find(stage.Name, $"The stage {stage} is {status}.", check.Command($"Get-OdcStage {StagePairs.Name(stage)}", "Format-List *"), stage);
            else if (string.IsNullOrEmpty(stage.Status) && RuleCheck.IsSame(stage.Hosting, "selfhosted"))
                check.Miss(stage.ToString(), $"The service does not report the status of {stage}.", missing: null, stage);
        }
    }
}

/// <summary>Entitlements of which nearly all is used.</summary>
internal sealed class EntitlementNearLimit() : TenantRule("EntitlementNearLimit", Platform, Medium, "Entitlements that are nearly used up")
{
    internal override string Reason => "Above a limit, apps stop or the next invoice is higher. The limits and the usage of the organization and of each stage are read, as far as the service reports both.";

    internal override string Advice => "Use less, or extend the subscription. The command shows the entitlement.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.EntitlementPercent];

    internal override async Task CheckAsync(RuleCheck check)
    {
        var stages = await check.StagesAsync().ConfigureAwait(false);
        (SubscriptionScope Scope, OdcStage? Stage)[] scopes = [(new SubscriptionScope(), null), .. stages.Select(s => (new SubscriptionScope(s.StageKey, s.Name), (OdcStage?)s))];
        foreach (var ((scope, stage), entitlements) in await check.EachAsync(scopes, s => (s.Stage?.ToString() ?? "The organization", s.Stage), s => check.Tenant.EntitlementsAsync(s.Scope)).ConfigureAwait(false))
        {
            if (!entitlements.Any(e => e.PercentUsed is not null))
                check.Miss(scope.ToString(), $"The service reports no usage of the entitlements of {scope}.", missing: null, stage);
            foreach (var entitlement in entitlements.Where(e => e.PercentUsed >= check.Limit(RuleThreshold.EntitlementPercent)))
            {
                check.Find(
                    entitlement.ToString(), $"{FormattableString.Invariant($"{entitlement} in {scope}: {entitlement.PercentUsed} % used, {entitlement.Used} of {entitlement.Limit} {entitlement.Unit}").TrimEnd()}.",
                    check.Command($"Get-OdcEntitlement {(stage is null ? "" : StagePairs.Name(stage) + " ")}-Entitlement {RuleText.Argument(entitlement.EntitlementId)}"), stage);
            }
        }
    }
}

/// <summary>Secrets of API clients that expire soon, or have expired.</summary>
internal sealed class ExpiringSecret() : TenantRule("ExpiringSecret", Platform, High, "Secrets of API clients that expire soon")
{
    internal override string Reason => "Automation stops when its secret expires. No API lists API clients: the secret of this connection is checked, and those of the tenant in the vaults of this machine, as far as their expiry dates were recorded.";

    internal override string Advice => "Generate a new secret in the ODC Portal, and store it with its expiry date.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.ExpiryDays];

    internal override async Task CheckAsync(RuleCheck check)
    {
        var (secrets, unknown) = await check.Secrets.ReadAsync(check.Tenant.Caller, check.Tenant.Stopped).ConfigureAwait(false);
        if (unknown is not null)
            check.Miss("Secrets in vaults", unknown);
        foreach (var secret in secrets)
        {
            if (secret.ExpiresOn is not { } end)
            {
                check.Miss(secret.Name, $"The expiry date of the secret of {secret.Name} ({secret.Place}) was not recorded.");
                continue;
            }

            var days = (int)Math.Floor((end - check.Now).TotalDays);
            if (days <= check.Limit(RuleThreshold.ExpiryDays))
                check.Find(secret.Name, $"The secret of {secret.Name} ({secret.Place}) {(days < 0 ? "expired" : "expires")} on {RuleText.Day(end)}{(days < 0 ? "" : $", in {RuleText.Count(days, "day")}")}.", secret.Fix);
        }
    }
}
