namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A permission of an organization role, limited to stages or portfolios, or not at all.</summary>
internal sealed record PermissionGrant(string Key, string? Name, IReadOnlyCollection<string> Stages, IReadOnlyCollection<string> Portfolios)
{
    private static readonly StringComparer Keys = StringComparer.OrdinalIgnoreCase;

    internal bool IsUnlimited => Stages.Count == 0 && Portfolios.Count == 0;

    private bool HasSameLimits(PermissionGrant other) => Stages.Count > 0 == other.Stages.Count > 0 && Portfolios.Count > 0 == other.Portfolios.Count > 0;

    /// <summary>The union of two grants: a permission without limits stays without limits.</summary>
    /// <exception cref="OdcException">One is limited by stages and the other by portfolios. Combined limits would allow less.</exception>
    internal PermissionGrant With(PermissionGrant other)
    {
        if (IsUnlimited || other.IsUnlimited)
            return this with { Stages = [], Portfolios = [] };
        if (!HasSameLimits(other))
            throw Impossible("is limited in another way");
        return this with { Stages = [.. Stages.Union(other.Stages, Keys)], Portfolios = [.. Portfolios.Union(other.Portfolios, Keys)] };
    }

    /// <summary>The rest after removing another grant; null if nothing is left.</summary>
    /// <exception cref="OdcException">The API has no way to express the rest.</exception>
    internal PermissionGrant? Without(PermissionGrant other)
    {
        if (other.IsUnlimited)
            return null;
        if (IsUnlimited)
            throw Impossible("is not limited, so that a part of it can't be removed");
        if (!HasSameLimits(other) || (Stages.Count > 0 && Portfolios.Count > 0 && !Stages.All(s => other.Stages.Contains(s, Keys)) && !Portfolios.All(p => other.Portfolios.Contains(p, Keys))))
            throw Impossible("is limited in another way");
        var (stages, portfolios) = (Stages.Except(other.Stages, Keys).ToList(), Portfolios.Except(other.Portfolios, Keys).ToList());
        if (Stages.Count > 0 && Portfolios.Count > 0)
        {
            return (stages.Count, portfolios.Count) switch
            {
                (0, 0) => null,
                (0, _) => this with { Portfolios = portfolios },
                _ => this with { Stages = stages },
            };
        }

        return stages.Count + portfolios.Count == 0 ? null : this with { Stages = stages, Portfolios = portfolios };
    }

    internal RequestBody ToBody()
    {
        var body = new RequestBody().Add("permissionKey", Key);
        if (Stages.Count > 0)
            body.Add("environmentKeys", Stages.ToArray());
        if (Portfolios.Count > 0)
            body.Add("portfolioKeys", Portfolios.ToArray());
        return body;
    }

    private OdcException Impossible(string why) => new(
        OdcErrorCause.InvalidRequest, $"The role's permission '{Name ?? Key}' {why}.", "Specify the whole list of the role's permissions with -Permission.");
}

/// <summary>The permissions of an organization role as requests name them, each with the stages and portfolios that it is limited to.</summary>
internal static class PermissionGrants
{
    internal static IReadOnlyList<PermissionGrant> Of(IEnumerable<ObjectReference> permissions, ObjectReference[] stages, ObjectReference[] portfolios) =>
        [.. permissions.Select(p => p.Resource is OdcOrganizationRolePermission granted ? Of(granted) : new PermissionGrant(p.Key!, p.Name, [.. stages.Select(s => s.Key!)], [.. portfolios.Select(f => f.Key!)]))];

    internal static PermissionGrant Of(OdcOrganizationRolePermission granted) => new(granted.PermissionKey!, granted.Name, granted.StageKeys ?? [], granted.PortfolioKeys ?? []);

    internal static RequestBody[] ToBodies(IEnumerable<PermissionGrant> grants) => [.. grants.Select(g => g.ToBody())];

    /// <summary>The list after removing and adding permissions, each permission once.</summary>
    internal static IReadOnlyList<PermissionGrant> Changed(IEnumerable<PermissionGrant> now, IReadOnlyList<PermissionGrant> removed, IReadOnlyList<PermissionGrant> added)
    {
        var left = now.Select(grant => removed.Where(r => IsSame(r, grant)).Aggregate((PermissionGrant?)grant, (rest, r) => rest?.Without(r))).OfType<PermissionGrant>().ToList();
        foreach (var grant in added)
        {
            var at = left.FindIndex(l => IsSame(l, grant));
            if (at < 0)
                left.Add(grant);
            else
                left[at] = left[at].With(grant);
        }

        return left;
    }

    /// <summary>A permission that is both added and removed, for the same stages and portfolios; null if there is none.</summary>
    internal static PermissionGrant? Both(IEnumerable<PermissionGrant> added, IReadOnlyList<PermissionGrant> removed) =>
        added.FirstOrDefault(a => removed.Any(r => IsSame(a, r) && AreSame(a.Stages, r.Stages) && AreSame(a.Portfolios, r.Portfolios)));

    private static bool AreSame(IReadOnlyCollection<string> some, IReadOnlyCollection<string> others) => new HashSet<string>(some, StringComparer.OrdinalIgnoreCase).SetEquals(others);

    private static bool IsSame(PermissionGrant one, PermissionGrant other) => string.Equals(one.Key, other.Key, StringComparison.OrdinalIgnoreCase);
}
