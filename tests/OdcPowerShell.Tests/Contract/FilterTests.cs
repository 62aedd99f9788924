using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>Everything that a list can be asked for can be said to a cmdlet.</summary>
public sealed class FilterTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    /// <summary>Query parameters that no cmdlet sends, by operation, with what says the same.</summary>
    private static readonly Dictionary<string, string> Superseded = new()
    {
        ["GET /api/code-quality/v1/code-analyses/{analysisKey} Offset"] = "read after a full page only",
        ["GET /api/code-quality/v1/findings-summary Offset"] = "all groups are one page",
        ["GET /api/deployments/v1/deployment-operations/{operationKey}/messages offset"] = "the cursor that the page before tells",
        ["GET /api/deployments/v1/publish-operations/{operationKey}/messages offset"] = "the cursor that the page before tells",
        ["GET /api/environment-configurations/v1/environments/{environmentKey}/ip-filter-groups appKeys"] = "-Asset, which picks from the whole list: that is read once in five minutes, and a filtered one would be read for each app",
        ["GET /api/identity/v1/application-roles environmentKey"] = "environmentKeys",
        ["GET /api/identity/v1/groups environmentKey"] = "environmentKeys",
        ["GET /api/identity/v1/groups/{key}/application-roles applicationRoleKey"] = "applicationRoleKeys",
        ["GET /api/identity/v1/groups/{key}/users userKey"] = "userKeys",
        ["GET /api/identity/v1/identity-providers key"] = "the operation for one identity provider",
        ["GET /api/identity/v1/organization-roles roleKey"] = "the operation for one organization role",
        ["GET /api/identity/v1/users environmentKey"] = "environmentKeys",
        ["GET /api/identity/v1/users/{key}/application-roles assetKey"] = "assetKeys",
        ["GET /api/identity/v1/users/{key}/application-roles environmentKey"] = "environmentKeys",
        ["GET /api/identity/v1/users/{key}/groups environmentKey"] = "environmentKeys",
        ["GET /api/subscription/v1/environments/{environmentKey}/entitlements/usage/by-asset offset"] = "the offset that the page before tells: -Skip counts rows, the service counts assets",
    };

    /// <summary>The operations that read and have rows; <see cref="CoverageTests"/> sees to it that all have.</summary>
    public static TheoryData<string> Operations =>
        [.. Call.All.Where(c => c.Operation.StartsWith("GET ", StringComparison.Ordinal) && IsOfCmdlet(c)).Select(c => c.Operation).Distinct()];

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_rows_of_an_operation_send_all_its_query_parameters(string operation)
    {
        var specification = Specification.Required();
        var sent = Call.All.Where(c => c.Operation == operation && IsOfCmdlet(c)).SelectMany(c => Sent(c, specification)).ToHashSet();
        var specified = specification.Named(operation).QueryParameters.Select(p => p.Name).ToList();
        var superseded = Superseded.Keys.Where(k => k.StartsWith(operation + " ", StringComparison.Ordinal)).Select(k => k.Split(' ')[^1]).ToList();
        Faults.None(specified.Except(superseded).Except(sent).Select(name => $"{operation} has the query parameter '{name}': give its cmdlet a parameter for it, and a row with it"));
        Faults.None(superseded.Where(name => sent.Contains(name) || !specified.Contains(name)).Select(name => $"{operation} {name} does not belong in {nameof(Superseded)}"));
    }

    private IEnumerable<string> Sent(Call call, Specification specification)
    {
        fixture.Run(call, Sample.Nulls);
        return fixture.Recorder.Requests.Where(r => specification.Find(r)?.Name == call.Operation).SelectMany(r => r.Query).Select(q => q.Key);
    }

    // The raw command can send anything.
    private static bool IsOfCmdlet(Call call) => call.Cmdlet != "Invoke-OdcRestMethod";
}
