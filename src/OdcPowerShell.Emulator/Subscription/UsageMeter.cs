namespace OdcPowerShell.Emulator;

/// <summary>
/// Works out usage from what runs in the stages, who the users are, and the time: it grows from day to day, and that of a stage is the sum of
/// that of its assets.
/// </summary>
internal sealed class UsageMeter(EmulatedTenant tenant)
{
    private static readonly TimeSpan s_usualPeriod = TimeSpan.FromDays(30);

    /// <summary>The period of a request; without dates, the last 30 days.</summary>
    public static (DateTimeOffset Since, DateTimeOffset To) Period(QueryReader query, DateTimeOffset now)
    {
        var to = query.Date("to") ?? now;
        var since = query.Date("since") ?? to - s_usualPeriod;
        return since <= to ? (since, to) : throw ProblemException.BadParameter("The parameter 'since' is after 'to'.");
    }

    /// <summary>The level of a moment, or for a sum what a day adds to it.</summary>
    public double At(Entitlement entitlement, Guid? stage, DateTimeOffset at, Predicate<Asset>? assets = null)
    {
        if (entitlement.IsOfAssets)
        {
            // The organization's assets are those of Development, where each is once.
            var deployed = tenant.Store.DeployedIn(stage ?? tenant.Store.Development.Key);
            return deployed.Where(one => assets?.Invoke(one.Asset) != false).Sum(one => Of(entitlement, one, at));
        }

        return entitlement.Id switch
        {
            "internalUsers" => tenant.Subscription.Users(areInternal: true, stage),
            "externalUsers" => tenant.Subscription.Users(areInternal: false, stage),
            "maxDbCompute" => 2,
            "maxDbStorage" => Math.Round(4 + (Days(at) * 0.05), 2),
            _ => 1,
        };
    }

    /// <summary>The same of one asset.</summary>
    public double Of(Entitlement entitlement, DeployedRevision deployed, DateTimeOffset at)
    {
        var asset = deployed.Asset;
        var size = asset.Key.ToByteArray()[15] % 40;
        return entitlement.Id switch
        {
            "applicationObjects" => 20 + size + (5 * deployed.Revision.Number) + Math.Floor(Days(at) / 7),
            "maxComputeReplicas" => 1 + (size % 3),
            "maxCustomCodeTotalDuration" => asset.Type == AssetTypes.WebApplication ? 10 + size : 0,
            "agentExecutions" => asset.Type == "Agent" ? 25 + size : 0,
            _ => throw new ArgumentException($"{entitlement.Id} is not counted by asset.", nameof(entitlement)),
        };
    }

    /// <summary>The usage of a period as an aggregation has it.</summary>
    public static double Aggregate(Entitlement entitlement, string aggregation, double value, DateTimeOffset since, DateTimeOffset to)
    {
        var all = entitlement.IsSum && aggregation == "Total" ? value * (to - since).TotalDays : value;
        return Math.Round(aggregation switch { "P95" => all * 0.95, "P90" => all * 0.9, _ => all }, 2);
    }

    /// <summary>The moments of a series, each with the one that it counts from.</summary>
    public static IReadOnlyList<(DateTimeOffset Since, DateTimeOffset To)> Steps(string granularity, DateTimeOffset since, DateTimeOffset to)
    {
        const int Most = 10_000;
        if (granularity == "summary")
            return [(since, to)];
        List<(DateTimeOffset, DateTimeOffset)> steps = [];
        for (var at = since; at < to && steps.Count <= Most;)
        {
            var next = granularity switch { "hour" => at.AddHours(1), "day" => at.AddDays(1), _ => at.AddMonths(1) };
            steps.Add((at, next < to ? next : to));
            at = next;
        }

        return steps.Count <= Most ? steps : throw ProblemException.BadParameter($"The period has more than {Most} points of the granularity '{granularity}'.");
    }

    private double Days(DateTimeOffset at) => Math.Max(0, (at - tenant.Store.FirstDay).TotalDays);
}
