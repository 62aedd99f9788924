using OdcPowerShell.Subscription;

namespace OdcPowerShell.Live.Checks;

/// <summary>
/// Reads lists in small pages and compares them with a larger one: nothing twice, nothing left out, sizes, next offsets and totals as they are said
/// to be. A deviation counts when it is there a second time, because the tenant may change between two requests.
/// </summary>
internal sealed class PagingCheck(Run run)
{
    private const int Large = 50;
    private const int MostOfSmall = 5;

    internal async Task RunAsync()
    {
        // The limit of the usage of assets counts assets, which are in several of its objects.
        foreach (var operation in ShapeCheck.Operations.Where(o => o is { IsPaged: true, IsWholeList: false } && o.Method == HttpMethod.Get && o != SubscriptionApi.GetAssetUsage))
        {
            if (run.Keys.For(operation) is [var keys, ..] && run.Ledger.Row(operation).Answers.ContainsKey("200"))
                await run.JudgeAsync(operation, () => CheckAsync(operation, keys));
        }
    }

    private async Task CheckAsync(Operation operation, KeySet keys)
    {
        var first = await FaultsAsync(operation, keys);
        if (first.Count == 0)
            return;
        var again = await FaultsAsync(operation, keys);
        run.Ledger.Add(operation, first.Where(f => again.Any(a => a.Kind == f.Kind && a.Path == f.Path)), Sources.Documentation);
    }

    private async Task<IReadOnlyList<Fault>> FaultsAsync(Operation operation, KeySet keys)
    {
        var large = await PageAsync(operation, keys, Large, 0);
        // Without page data the list comes whole, whatever was asked for.
        if (!large.IsSuccess || large.PageNumber("limit") is null && large.PageNumber("totalResults") is null && large.PageNumber("nextPageOffset") is null)
            return [];
        var faults = new List<Fault>(OfPage(large, Large));
        var total = large.PageNumber("totalResults");
        if (large.Items.Count < Math.Min(Large, large.PageNumber("limit") ?? Large) && total is not null && total != large.Items.Count)
            faults.Add(new Fault(Deviation.Total, "page.totalResults", "the number of objects in the list", $"a number that is {(total > large.Items.Count ? "higher" : "lower")}"));
        if (large.Items.Count >= 2)
            faults.AddRange(await SmallAsync(operation, keys, large));
        if (total > large.Items.Count && large.Items.Count == Large)
            faults.AddRange(await LastAsync(operation, keys, total.Value));
        return faults;
    }

    private async Task<IReadOnlyList<Fault>> SmallAsync(Operation operation, KeySet keys, Answer large)
    {
        var size = Math.Clamp(large.Items.Count / 2, 1, MostOfSmall);
        var one = await PageAsync(operation, keys, size, 0);
        if (!one.IsSuccess)
            return [new Fault(Deviation.Status, "", $"status 200 with a limit of {size}", $"status {one.Status}")];
        var faults = new List<Fault>(OfPage(one, size));
        var next = one.PageNumber("nextPageOffset");
        if (one.Items.Count < large.Items.Count && next is not > 0 && one.PageNumber("totalResults") is null)
            faults.Add(new Fault(Deviation.NextPage, "page.nextPageOffset", "the offset of the next page", next is null ? "null" : "a number that does not grow"));
        else if (one.IsPageNull("nextPageOffset") && one.PageNumber("totalResults") > (one.PageNumber("offset") ?? 0) + one.Items.Count)
            faults.Add(new Fault(Deviation.NextPage, "page.nextPageOffset", "the offset of the next page, because the total is higher", "null"));
        else if (next is <= 0)
            faults.Add(new Fault(Deviation.NextPage, "page.nextPageOffset", "an offset that grows", "one that does not grow"));
        if (large.PageNumber("totalResults") is { } total && one.PageNumber("totalResults") is { } other && total != other)
            faults.Add(new Fault(Deviation.Total, "page.totalResults", "the same total in each page", "another one with another limit"));
        var two = await PageAsync(operation, keys, size, next is > 0 ? next.Value : size);
        if (!two.IsSuccess)
            return [.. faults, new Fault(Deviation.Status, "", "status 200 for the second page", $"status {two.Status}")];
        // Rows that are the same in every member look like one.
        var hasKeys = large.Items.All(i => KeyRing.KeyOf(i) is not null) && large.Items.DistinctBy(i => KeyRing.KeyOf(i), StringComparer.Ordinal).Count() == large.Items.Count;
        var all = Identities(large, hasKeys);
        var (seen, second) = (Identities(one, hasKeys).ToHashSet(StringComparer.Ordinal), Identities(two, hasKeys).ToHashSet(StringComparer.Ordinal));
        var repeated = second.Count(i => seen.Contains(i) && all.Count(a => a == i) < 2);
        if (repeated > 0)
            faults.Add(new Fault(Deviation.PageRepeats, "results[]", "other objects in the second page", $"{repeated} of the first page"));
        var missed = all.Take(one.Items.Count + two.Items.Count).Count(i => !seen.Contains(i) && !second.Contains(i));
        if (missed > 0)
            faults.Add(new Fault(Deviation.PageSkips, "results[]", "the first objects of the list in the first two pages", $"{missed} of them are missing"));
        return faults;
    }

    // A total beyond the page can be compared with where the list ends.
    private async Task<IReadOnlyList<Fault>> LastAsync(Operation operation, KeySet keys, int total)
    {
        var last = await PageAsync(operation, keys, MostOfSmall, total - 1);
        return last.IsSuccess && last.Items.Count != 1
            ? [new Fault(Deviation.Total, "page.totalResults", "one object at the last offset", $"{(last.Items.Count == 0 ? "none" : "more")}")]
            : [];
    }

    private static IEnumerable<Fault> OfPage(Answer page, int size)
    {
        if (page.Items.Count > size)
            yield return new Fault(Deviation.PageSize, "results", $"at most {size} objects, as asked for", $"{page.Items.Count}");
        if (page.PageNumber("count") is { } count && count != page.Items.Count)
            yield return new Fault(Deviation.PageSize, "page.count", "the number of objects in the page", $"{count} for {page.Items.Count}");
        if (page.PageNumber("totalResults") is { } total && total < page.Items.Count)
            yield return new Fault(Deviation.Total, "page.totalResults", "no less than the page has", "less");
    }

    private Task<Answer> PageAsync(Operation operation, KeySet keys, int limit, int offset)
    {
        var paged = keys.With((operation.LimitName, Number(limit)));
        // Of one operation the least offset is 1.
        return run.Service.SendAsync(operation, offset == 0 ? paged : paged.With((operation.OffsetName, Number(offset))));
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // By key where the keys of the list distinguish its objects: the rest of them may change, as addresses of files do.
    private static List<string> Identities(Answer page, bool hasKeys) => [.. page.Items.Select(i => (hasKeys ? KeyRing.KeyOf(i) : null) ?? i.GetRawText())];
}
