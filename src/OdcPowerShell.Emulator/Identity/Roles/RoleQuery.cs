namespace OdcPowerShell.Emulator;

/// <summary>The fields lists of end-user roles can be sorted by.</summary>
internal enum RoleSort
{
    Name,
    EnvironmentKey,
    AssetKey,
}

/// <summary>The fields the roles of a group can be sorted by, in the order of <see cref="RoleSort"/> without the stage.</summary>
internal enum GroupRoleSort
{
    Name,
    AssetKey,
}

/// <summary>Sorts end-user roles; equal ones keep their order.</summary>
internal static class RoleQuery
{
    public static IEnumerable<EmulatedRole> SortedFor(this IEnumerable<EmulatedRole> roles, QueryReader query)
    {
        var (sort, descending) = query.Sort<RoleSort>();
        return Sorted(roles, sort, descending);
    }

    /// <summary>The roles of a group all have its stage: there is no sorting by it.</summary>
    public static IEnumerable<EmulatedRole> SortedForGroup(this IEnumerable<EmulatedRole> roles, QueryReader query)
    {
        var (sort, descending) = query.Sort<GroupRoleSort>();
        return Sorted(roles, sort == GroupRoleSort.Name ? RoleSort.Name : RoleSort.AssetKey, descending);
    }

    private static IEnumerable<EmulatedRole> Sorted(IEnumerable<EmulatedRole> roles, RoleSort sort, bool descending)
    {
        var sorted = sort switch
        {
            RoleSort.EnvironmentKey => roles.OrderBy(role => role.StageKey),
            RoleSort.AssetKey => roles.OrderBy(role => role.AssetKey),
            _ => roles.OrderBy(role => role.Name, StringComparer.OrdinalIgnoreCase),
        };
        return descending ? sorted.Reverse() : sorted;
    }
}
