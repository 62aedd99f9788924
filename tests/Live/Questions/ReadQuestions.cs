using OdcPowerShell.AssetRepository;
using OdcPowerShell.CodeQuality;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.MobileBuilds;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Live.Questions;

/// <summary>Questions that reading alone answers, where the tenant has what it takes.</summary>
internal sealed class ReadQuestions(Run run)
{
    private static readonly IReadOnlyList<int> Limits = [1000, 500, 101];

    internal async Task<(string State, string Answer)> ArraysAsync()
    {
        var types = run.Keys.List(AssetRepositoryApi.ListAssets).Select(a => Answer.Text(a, "assetType")).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList();
        var stages = run.Keys.List(PortfoliosApi.ListEnvironments).Select(s => KeyRing.KeyOf(s)).OfType<string>().Take(2).ToList();
        var answers = new List<string>();
        foreach (var (operation, name, values) in new[] { ((Operation)AssetRepositoryApi.ListAssets, "assetTypes", types), (IdentityApi.QueryEndUserRoles, "environmentKeys", stages) })
        {
            if (values.Count < 2)
                continue;
            var repeated = await run.Service.SendAsync(operation, KeySet.None.With([.. values.Select(v => (name, (string?)v))]));
            var joined = await run.Service.SendAsync(operation, KeySet.None.With((name, string.Join(",", values))));
            answers.Add($"{name}: repeated {Described(repeated)}, joined by commas {Described(joined)}");
        }

        return answers.Count > 0 ? (OpenQuestions.Answered, string.Join("; ", answers)) : (OpenQuestions.NotHere, "the tenant has no two values to ask for");
    }

    internal async Task<(string State, string Answer)> LargestLimitsAsync()
    {
        var answers = new List<string>();
        foreach (var operation in new Operation[] { DeploymentsApi.FilterDeployments, PortfoliosApi.ListDeployedAssets, PortfoliosApi.ListLibraries, MobileBuildsApi.ListBuilds })
        {
            if (run.Keys.For(operation) is not [var keys, ..])
                continue;
            foreach (var limit in Limits)
            {
                var answer = await run.Service.SendAsync(operation, keys.With(("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture))));
                answers.Add($"{operation.Template} limit={limit}: status {answer.Status}{(answer.PageNumber("limit") is { } used ? $", page.limit {used}" : "")}");
                if (answer.IsSuccess)
                    break;
            }
        }

        return answers.Count > 0 ? (OpenQuestions.Answered, string.Join("; ", answers)) : (OpenQuestions.NotHere, "none of these lists could be read");
    }

    internal Task<(string State, string Answer)> ErrorShapesAsync()
    {
        var throttled = run.Ledger.Rows.Sum(r => r.Answers.GetValueOrDefault("429"));
        var about429 = throttled == 0 ? "no 429 came" : $"{throttled} times 429, headers about rates: {(run.Ledger.RateHeaders.Count == 0 ? "none" : string.Join(", ", run.Ledger.RateHeaders))}";
        return Task.FromResult(run.Errors.CountOf400 > 0
            ? (OpenQuestions.Answered, $"members of {run.Errors.CountOf400} errors with status 400: {string.Join(", ", run.Errors.MembersOf400)}; {about429}")
            : (OpenQuestions.NotHere, $"no error with status 400 came; {about429}"));
    }

    internal async Task<(string State, string Answer)> CamelCaseAsync()
    {
        var capital = await run.Service.SendAsync(CodeQualityApi.ListPatterns, KeySet.None.With(("Limit", "1")));
        var small = await run.Service.SendAsync(CodeQualityApi.ListPatterns, KeySet.None.With(("limit", "1")));
        if (!capital.IsSuccess || capital.PageNumber("totalResults") is not > 1)
            return (OpenQuestions.NotHere, $"the list of patterns could not be read, or is too short (status {capital.Status})");
        return (OpenQuestions.Answered, !small.IsSuccess ? $"no: status {small.Status}" : small.Items.Count == 1 ? "yes: limit works as Limit does" : "no: limit is ignored");
    }

    internal async Task<(string State, string Answer)> FinishedWhileRunningAsync()
    {
        foreach (var operation in new Operation[] { DeploymentsApi.FilterDeployments, DeploymentsApi.FilterPublications })
        {
            var running = await run.Service.SendAsync(operation, KeySet.None.With(("status", "Running")));
            if (running.Items.FirstOrDefault(i => Answer.Text(i, "status") == "Running") is not { ValueKind: JsonValueKind.Object } item)
                continue;
            if (!item.TryGetProperty("finishedDateTime", out var finished))
                return (OpenQuestions.Answered, "absent");
            return (OpenQuestions.Answered, finished.ValueKind == JsonValueKind.Null ? "null" : Answer.Text(finished)?.StartsWith("0001", StringComparison.Ordinal) == true ? "a date of the year 1" : "a date");
        }

        return (OpenQuestions.NotHere, "no deployment and no publication runs now");
    }

    internal async Task<(string State, string Answer)> GroupRolesAsync()
    {
        foreach (var group in run.Keys.List(IdentityApi.QueryGroups).Select(g => KeyRing.KeyOf(g)).OfType<string>().Take(10))
        {
            var roles = await run.Service.SendAsync(IdentityApi.QueryEndUserRolesOfGroup, new KeySet(group));
            var users = roles.Items.Count == 0 ? null : await run.Service.SendAsync(IdentityApi.QueryUsersOfGroup, new KeySet(group).With(("limit", "3")));
            foreach (var user in (users?.Items ?? []).Select(UserKey).OfType<string>())
            {
                var direct = await run.Service.SendAsync(IdentityApi.QueryEndUserRolesOfUser, new KeySet(user).With(("assignmentSources", "Direct"), ("limit", "100")));
                var role = roles.Items.Select(r => KeyRing.KeyOf(r)).FirstOrDefault(r => r is not null && !direct.Items.Any(d => KeyRing.KeyOf(d) == r));
                if (direct.IsSuccess && role is not null)
                    return await InheritedAsync(user, role);
            }
        }

        return (OpenQuestions.NotHere, "no user was found who has a role through a group only");
    }

    private async Task<(string State, string Answer)> InheritedAsync(string user, string role)
    {
        var ofRole = await run.Service.SendAsync(IdentityApi.QueryUsersOfEndUserRole, new KeySet(role).With(("userKey", user)));
        var embedded = await run.Service.SendAsync(IdentityApi.GetUser, new KeySet(user).With(("embed", "ApplicationRoles")));
        if (!ofRole.IsSuccess || !embedded.IsSuccess)
            return (OpenQuestions.NotHere, $"status {ofRole.Status} and {embedded.Status}");
        var isEmbedded = embedded.Json is { } body && body.TryGetProperty("_embedded", out var parts) && parts.GetRawText().Contains(role, StringComparison.OrdinalIgnoreCase);
        return (OpenQuestions.Answered, $"in the users of the role: {YesNo(ofRole.Items.Any(i => UserKey(i) == user))}; in embed=ApplicationRoles: {YesNo(isEmbedded)}");
    }

    private static string? UserKey(JsonElement row) => row.TryGetProperty("user", out var user) && user.ValueKind == JsonValueKind.Object ? KeyRing.KeyOf(user) : Answer.Text(row, "userKey") ?? KeyRing.KeyOf(row);

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Described(Answer answer) => answer.IsSuccess ? $"finds {answer.PageNumber("totalResults") ?? answer.Items.Count}" : $"status {answer.Status}";
}
