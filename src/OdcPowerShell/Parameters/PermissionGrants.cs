using OdcPowerShell.Identity;

namespace OdcPowerShell.Parameters;

/// <summary>The permissions of an organization role as requests name them, each with the stages and portfolios that it is limited to.</summary>
internal static class PermissionGrants
{
    internal static IReadOnlyList<RequestBody> Of(IEnumerable<ObjectReference> permissions, ObjectReference[] stages, ObjectReference[] portfolios) =>
        [.. permissions.Select(p => p.Given is OdcOrganizationRolePermission granted ? Of(granted) : One(p.Key, stages.Select(s => s.Key!), portfolios.Select(f => f.Key!)))];

    internal static RequestBody Of(OdcOrganizationRolePermission granted) => One(granted.PermissionKey, granted.StageKeys ?? [], granted.PortfolioKeys ?? []);

    private static RequestBody One(string? key, IEnumerable<string> stages, IEnumerable<string> portfolios)
    {
        var body = new RequestBody().Add("permissionKey", key);
        if (stages.ToArray() is { Length: > 0 } inStages)
            body.Add("environmentKeys", inStages);
        if (portfolios.ToArray() is { Length: > 0 } inPortfolios)
            body.Add("portfolioKeys", inPortfolios);
        return body;
    }
}
