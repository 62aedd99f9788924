using OdcPowerShell.AssetRepository;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Live.Checks;

/// <summary>How the objects of a filtered list must be.</summary>
internal enum Match
{
    Equal,
    Contains,
}

/// <summary>Filters lists by a value that one of their objects has: all that come must match, and the object itself must be among them.</summary>
internal sealed class FilterCheck(Run run)
{
    private static readonly IReadOnlyList<(Operation Operation, string Parameter, string Member, Match Match)> Filters =
    [
        (AssetRepositoryApi.ListAssets, "nameContains", "name", Match.Contains),
        (AssetRepositoryApi.ListAssets, "assetTypes", "assetType", Match.Equal),
        (AssetRepositoryApi.ListAssets, "assetKeys", "assetKey", Match.Equal),
        (DeploymentsApi.FilterDeployments, "assetKey", "assetKey", Match.Equal),
        (DeploymentsApi.FilterDeployments, "status", "status", Match.Equal),
        (DeploymentsApi.FilterPublications, "assetKey", "assetKey", Match.Equal),
        (IdentityApi.QueryUsers, "status", "status", Match.Equal),
        (IdentityApi.QueryUsers, "userKeys", "key", Match.Equal),
        (IdentityApi.QueryUsers, "nameOrEmailContains", "email", Match.Contains),
        (IdentityApi.QueryGroups, "nameContains", "name", Match.Contains),
        (IdentityApi.QueryGroups, "environmentKey", "environmentKey", Match.Equal),
        (IdentityApi.QueryEndUserRoles, "nameContains", "name", Match.Contains),
        (IdentityApi.QueryEndUserRoles, "environmentKeys", "environmentKey", Match.Equal),
        (IdentityApi.QueryEndUserRoles, "assetKey", "assetKey", Match.Equal),
        (IdentityApi.QueryOrganizationRoles, "nameContains", "name", Match.Contains),
        (IdentityApi.QueryPermissions, "nameContains", "name", Match.Contains),
        (PortfoliosApi.ListDeployedAssets, "type", "type", Match.Equal),
        (PortfoliosApi.ListDeployedAssets, "key", "key", Match.Equal),
        (PortfoliosApi.ListLibraries, "type", "type", Match.Equal),
    ];

    internal async Task RunAsync()
    {
        foreach (var filter in Filters)
            await run.JudgeAsync(filter.Operation, () => CheckAsync(filter));
    }

    private async Task CheckAsync((Operation Operation, string Parameter, string Member, Match Match) filter)
    {
        var all = run.Keys.List(filter.Operation);
        // A value that not all objects have: else every answer matches.
        var sample = all.FirstOrDefault(i => Answer.Text(i, filter.Member) is { Length: > 2 } value && all.Any(o => !Matches(o, filter.Member, value, filter.Match)));
        if (sample.ValueKind != JsonValueKind.Object)
            return;
        var value = Answer.Text(sample, filter.Member)!;
        var wrong = await WrongAsync(filter, value, sample);
        if (wrong is not null && await WrongAsync(filter, value, sample) is { } again)
            run.Report(filter.Operation, Deviation.FilterIgnored, $"results[].{filter.Member}", $"only objects that match {filter.Parameter}, and all of them", again, Sources.Documentation);
    }

    private async Task<string?> WrongAsync((Operation Operation, string Parameter, string Member, Match Match) filter, string value, JsonElement sample)
    {
        var answer = await run.Service.SendAsync(filter.Operation, KeySet.None.With((filter.Parameter, value), (filter.Operation.LimitName, "50")));
        if (answer.Failure is not null || answer.Status is 403 or 429 or >= 500)
            return null;
        if (!answer.IsSuccess)
            return $"status {answer.Status}";
        if (answer.Items.Count(i => !Matches(i, filter.Member, value, filter.Match)) is > 0 and var others)
            return others == answer.Items.Count ? "only other objects" : "other objects too";
        // An object that was removed meanwhile is missing in the second answer of a list too.
        return answer.Items.Count == 0 && KeyRing.KeyOf(sample) is not null ? "none" : null;
    }

    private static bool Matches(JsonElement item, string member, string value, Match match) => Answer.Text(item, member) is { } own
        && (match == Match.Equal ? string.Equals(own, value, StringComparison.OrdinalIgnoreCase) : own.Contains(value, StringComparison.OrdinalIgnoreCase));
}
