using System.Globalization;

namespace OdcPowerShell.Deployments;

/// <summary>
/// Finds the stages of operations, which their list does not contain. For each page, the list of each stage for the same period shows which
/// operations ran there. The dates come from the page, so the filter has none. An operation in a stage that the API client can't see stays without a stage.
/// </summary>
internal sealed class StageFinder<T>(OdcClient client, Operation<Page<T>> list, Query filter)
    where T : StageOperation
{
    // The list filters by creation time, which is some time before the start.
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(1);

    /// <summary>The same list with the stages of its rows.</summary>
    internal IPagedList<T> Name(IPagedList<T> rows) => rows.Do(NameAsync);

    private async Task NameAsync(IReadOnlyList<T> page, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
        var open = page.Where(row => row.OperationKey is not null).GroupBy(row => row.OperationKey!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.OrdinalIgnoreCase);
        var dates = page.Select(row => row.StartedDateTime).OfType<DateTimeOffset>().ToList();
        foreach (var stage in client.Names.Stages.Loaded ?? [])
        {
            if (open.Count == 0 || dates.Count == 0)
                return;
            var query = filter.Copy().Add("environmentKey", stage.StageKey)
                .Add("createdDateSince", Text(dates.Min() - Earlier)).Add("createdDateTo", Text(dates.Max().AddSeconds(1)));
            await foreach (var some in new OffsetPages<T>(client, list, query, new ListWindow()).PagesAsync(caller, cancellationToken).ConfigureAwait(false))
            {
                foreach (var operation in some)
                    Found(open, operation.OperationKey, stage.StageKey, stage.Name);
                if (open.Count == 0)
                    break;
            }
        }
    }

    private static void Found(Dictionary<string, List<T>> open, string? key, string? stageKey, string? stageName)
    {
        if (key is null || !open.TryGetValue(key, out var rows))
            return;
        foreach (var row in rows)
            (row.StageKey, row.StageName) = (stageKey, stageName);
        open.Remove(key);
    }

    private static string Text(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
