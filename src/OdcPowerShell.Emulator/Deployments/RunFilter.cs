using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

internal enum RunStatus
{
    Running,
    Finished,
    FinishedWithError,
}

/// <summary>The filters and the order that the lists of deployments and publications share.</summary>
internal static class RunFilter
{
    private static readonly ImmutableDictionary<string, Func<StageRun, IComparable>> s_fields =
        new Dictionary<string, Func<StageRun, IComparable>>(StringComparer.OrdinalIgnoreCase)
        {
            ["CreatedAt"] = run => run.StartedAt,
            ["UpdatedAt"] = run => run.FinishedAt ?? run.StartedAt,
            ["FinishedAt"] = run => run.FinishedAt ?? DateTimeOffset.MaxValue,
            ["ApplicationKey"] = run => run.Asset.Key,
            ["AssetKey"] = run => run.Asset.Key,
            ["ApplicationName"] = run => run.Asset.Name.ToUpperInvariant(),
            ["AssetName"] = run => run.Asset.Name.ToUpperInvariant(),
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the query, and then filters and sorts.</summary>
    public static Func<IEnumerable<T>, List<T>> Read<T>(QueryReader query)
        where T : StageRun
    {
        var stage = query.Guid("environmentKey");
        var asset = query.Guid("assetKey");
        var portfolio = query.Guid("portfolioKey");
        var revision = query.OptionalNumber("revision");
        var status = query.Choice<RunStatus>("status")?.ToString();
        var since = query.Date("createdDateSince");
        var to = query.Date("createdDateTo");
        var orders = Orders(query.Text("sort") ?? "-CreatedAt");
        return runs => [.. Sort(
            runs.Where(run => (stage ?? run.Stage.Key) == run.Stage.Key
                && (asset ?? run.Asset.Key) == run.Asset.Key
                && (portfolio ?? run.Asset.PortfolioKey) == run.Asset.PortfolioKey
                && (revision ?? run.Revision.Number) == run.Revision.Number
                && (status ?? run.Status) == run.Status
                && (since is null || run.StartedAt >= since)
                && (to is null || run.StartedAt <= to)),
            orders)];
    }

    // Fields joined by commas, the first one weighs most.
    private static List<(Func<StageRun, IComparable> Field, bool Descending)> Orders(string sort) =>
        [.. sort.Split(',', StringSplitOptions.TrimEntries).Select(name => (
            s_fields.GetValueOrDefault(name.TrimStart('-'))
                ?? throw new ProblemException(Cause.BadParameter($"The list cannot be sorted by '{name}'.")),
            name.StartsWith('-')))];

    private static IEnumerable<T> Sort<T>(IEnumerable<T> runs, List<(Func<StageRun, IComparable> Field, bool Descending)> orders)
        where T : StageRun
    {
        var sorted = runs.OrderBy(_ => 0);
        foreach (var (field, descending) in orders)
            sorted = descending ? sorted.ThenByDescending(run => field(run)) : sorted.ThenBy(run => field(run));
        return sorted;
    }
}
