using OdcPowerShell.CodeQuality;
using static OdcPowerShell.Tenants.Rules.RuleWords;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>Assets with critical findings.</summary>
internal sealed class CriticalFinding() : TenantRule("CriticalFinding", Quality, High, "Assets with critical findings in their code")
{
    internal override string Reason => "Critical findings are security holes and what makes an app fail. The numbers of the newest analysis of each asset are read; an asset that was never analysed is not among them.";

    internal override string Advice => "Solve the findings, or dismiss them with a reason. The command lists them.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var metric in await Metrics.ReadAsync(check).ConfigureAwait(false))
        {
            if (metric.CriticalCount is null)
                check.Miss(metric.AssetName ?? metric.AssetKey ?? "", $"The service reports no number of critical findings for {metric.AssetName ?? metric.AssetKey}.");
            if (metric.CriticalCount is > 0 and var critical)
                check.Find(metric.AssetName ?? metric.AssetKey, $"{metric.AssetName}, revision {metric.Revision}, has {RuleText.Count(critical, "critical finding")}.", check.Command($"Get-OdcCodeFinding {RuleText.Argument(metric.AssetName, metric.AssetKey)} -Severity Critical {Metrics.Since}"));
        }
    }
}

/// <summary>Assets with a low quality score.</summary>
internal sealed class LowScore() : TenantRule("LowScore", Quality, Medium, "Assets with a low quality score")
{
    internal override string Reason => "The score sums up all findings of an asset. The score of the newest analysis of each asset is read; an asset that was never analysed is not among them.";

    internal override string Advice => "Solve the findings with the highest severity first. The command lists them.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.MinimumScore];

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var metric in await Metrics.ReadAsync(check).ConfigureAwait(false))
        {
            if (metric.Score is not { } score)
                check.Miss(metric.AssetName ?? metric.AssetKey ?? "", $"The service reports no score for {metric.AssetName ?? metric.AssetKey}.");
            else if (score < check.Limit(RuleThreshold.MinimumScore))
                check.Find(metric.AssetName ?? metric.AssetKey, $"{metric.AssetName}, revision {metric.Revision}, has the score {score}; {check.Limit(RuleThreshold.MinimumScore)} is required.", check.Command($"Get-OdcCodeFinding {RuleText.Argument(metric.AssetName, metric.AssetKey)} {Metrics.Since}"));
        }
    }
}

/// <summary>The numbers of findings.</summary>
internal static class Metrics
{
    internal const string Subject = "The code of all assets";

    /// <summary>Finds also what was discovered long ago, which the service leaves out otherwise.</summary>
    internal const string Since = "-Since (Get-Date).AddYears(-10)";

    /// <summary>Those of all assets that were analysed. If none was, nothing is known about the code.</summary>
    internal static async Task<IReadOnlyList<OdcCodeQualityMetric>> ReadAsync(RuleCheck check)
    {
        if (await check.ReadAsync(Subject, check.Tenant.QualityMetricsAsync).ConfigureAwait(false) is not { } metrics)
            return [];
        if (metrics.Count == 0)
            check.Miss(Subject, "No asset was analysed.");
        return metrics;
    }
}

/// <summary>Code that was not analysed lately.</summary>
internal sealed class StaleAnalysis() : TenantRule("StaleAnalysis", Quality, Low, "Code that was not analysed lately")
{
    internal override string Reason => "Old numbers look like good ones. The date of the last analysis of all assets that succeeded is read.";

    internal override string Advice => "Find out why the analysis of the service fails. The command shows its state and its error.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.AnalysisDays];

    internal override async Task CheckAsync(RuleCheck check)
    {
        var read = await check.ReadAsync(Metrics.Subject, check.Tenant.QualityStatusAsync).ConfigureAwait(false);
        if (read is { Count: 0 })
            check.Miss(Metrics.Subject, "The service does not report the state of code analyses.");
        foreach (var status in read ?? [])
        {
            if (status.LastSuccessfulAnalysis?.CompletedOn is not { } at)
                check.Find("Code analysis", $"The service reports no analysis that succeeded.{(status.ErrorMessage is { Length: > 0 } error ? " " + error : "")}", check.Command("Get-OdcCodeQualityStatus"));
            else if (check.DaysSince(at) is var days && days > check.Limit(RuleThreshold.AnalysisDays))
                check.Find("Code analysis", $"The last analysis that succeeded was on {RuleText.Day(at)}, {days} days ago.", check.Command("Get-OdcCodeQualityStatus"));
        }
    }
}
