using System.Globalization;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Live.Checks;

/// <summary>Asks lists for an order, up and down, and looks at whether they have it. Texts may be in any usual order of letters.</summary>
internal sealed class SortCheck(Run run)
{
    private static readonly IReadOnlyList<(Operation Operation, string Field, string Member)> Orders =
    [
        (AssetRepositoryApi.ListAssets, "name", "name"),
        (AssetRepositoryApi.ListAssets, "createdAt", "createdAt"),
        (AssetRepositoryApi.ListRevisions, "revision", "revision"),
        (DeploymentsApi.FilterDeployments, "CreatedAt", "startedDateTime"),
        (IdentityApi.QueryUsers, "name", "name"),
        (IdentityApi.QueryUsers, "email", "email"),
        (IdentityApi.QueryEndUserRoles, "name", "name"),
        (IdentityApi.QueryOrganizationRoles, "name", "name"),
    ];

    private static readonly IReadOnlyList<StringComparer> Comparers =
        [StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture, StringComparer.InvariantCultureIgnoreCase];

    internal async Task RunAsync()
    {
        foreach (var (operation, field, member) in Orders)
        {
            // A list without objects has every order.
            if (run.Keys.For(operation) is not [var keys, ..] || !run.Ledger.Row(operation).Answers.ContainsKey("200"))
                continue;
            await run.JudgeAsync(operation, () => CheckAsync(operation, keys, field, member));
        }
    }

    private async Task CheckAsync(Operation operation, KeySet keys, string field, string member)
    {
        var wrong = await WrongAsync(operation, keys, field, member);
        // The tenant may have changed while it was read.
        if (wrong is not null && await WrongAsync(operation, keys, field, member) == wrong)
            run.Report(operation, Deviation.SortOrder, $"results[].{member}", $"sort={wrong}", "another order", Sources.Documentation);
    }

    private async Task<string?> WrongAsync(Operation operation, KeySet keys, string field, string member)
    {
        foreach (var sort in new[] { field, "-" + field })
        {
            var answer = await run.Service.SendAsync(operation, keys.With(("sort", sort), (operation.LimitName, "50")));
            if (answer.Failure is not null || answer.Status is 403 or 404 or 429 or >= 500)
                return null;
            var values = answer.Items.Select(i => Answer.Text(i, member)).OfType<string>().ToList();
            if (!answer.IsSuccess || !IsOrdered(sort[0] == '-' ? Enumerable.Reverse(values) : values))
                return sort;
        }

        return null;
    }

    /// <summary>Whether values ascend: as numbers, as dates, or as texts in one of several orders.</summary>
    internal static bool IsOrdered(IEnumerable<string> values)
    {
        var all = values.ToList();
        var pairs = all.Zip(all.Skip(1)).ToList();
        if (all.TrueForAll(v => decimal.TryParse(v, CultureInfo.InvariantCulture, out _)))
            return pairs.TrueForAll(p => decimal.Parse(p.First, CultureInfo.InvariantCulture) <= decimal.Parse(p.Second, CultureInfo.InvariantCulture));
        if (all.TrueForAll(v => DateTimeOffset.TryParse(v, CultureInfo.InvariantCulture, out _)))
            return pairs.TrueForAll(p => DateTimeOffset.Parse(p.First, CultureInfo.InvariantCulture) <= DateTimeOffset.Parse(p.Second, CultureInfo.InvariantCulture));
        return Comparers.Any(c => pairs.TrueForAll(p => c.Compare(p.First, p.Second) <= 0)) || pairs.TrueForAll(p => CompareLetters(p.First, p.Second) <= 0);
    }

    // Databases leave out spaces and punctuation in some of their orders.
    private static int CompareLetters(string left, string right) => CultureInfo.InvariantCulture.CompareInfo.Compare(left, right, CompareOptions.IgnoreCase | CompareOptions.IgnoreSymbols | CompareOptions.IgnoreNonSpace);
}
