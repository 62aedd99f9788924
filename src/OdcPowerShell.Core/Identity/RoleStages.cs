using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Identity;

/// <summary>The stages in which an organization role applies: those of its permissions.</summary>
internal sealed class RoleStages
{
    private readonly HashSet<string>? _keys;

    private RoleStages(HashSet<string>? keys, string? text) => (_keys, Text) = (keys, text);

    /// <summary>The stages of a role that applies in all.</summary>
    internal static RoleStages All => new(keys: null, text: null);

    /// <summary>The names of the stages, or keys where the names are not known; null for all stages.</summary>
    internal string? Text { get; }

    internal static RoleStages Of(IEnumerable<OdcOrganizationRolePermission> permissions, IReadOnlyList<OdcStage> stages, Func<string?, string?> nameOf)
    {
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var permission in permissions)
        {
            if (!TryAdd(permission, stages, keys))
                return All;
        }

        // A role without permissions is not limited.
        return keys.Count == 0 ? All : new RoleStages(keys, string.Join(", ", InOrder(keys, stages).Select(key => nameOf(key) ?? key)));
    }

    /// <summary>Whether it applies in one of the stages.</summary>
    internal bool AppliesIn(IReadOnlyCollection<string> stageKeys) => stageKeys.Any(key => _keys?.Contains(key) != false);

    // False if the permission is not limited, or if its limit can't be read because the stages of the portfolio are not visible.
    private static bool TryAdd(OdcOrganizationRolePermission permission, IReadOnlyList<OdcStage> stages, HashSet<string> keys)
    {
        IReadOnlyList<string> own = permission.StageKeys ?? [];
        IReadOnlyList<string> portfolios = permission.PortfolioKeys ?? [];
        if (own.Count == 0 && portfolios.Count == 0)
            return false;
        keys.UnionWith(own);
        foreach (var portfolio in portfolios)
        {
            var inside = stages.Where(s => string.Equals(s.PortfolioKey, portfolio, StringComparison.OrdinalIgnoreCase)).Select(s => s.StageKey!).ToList();
            // A portfolio beside stages of its own only says where these are.
            if (inside.Exists(key => own.Contains(key, StringComparer.OrdinalIgnoreCase)))
                continue;
            if (inside.Count == 0 && own.Count == 0)
                return false;
            keys.UnionWith(inside);
        }

        return true;
    }

    private static IEnumerable<string> InOrder(HashSet<string> keys, IReadOnlyList<OdcStage> stages)
    {
        var known = stages.Where(s => s.StageKey is not null && keys.Contains(s.StageKey)).OrderBy(s => s.Order ?? int.MaxValue).Select(s => s.StageKey!).ToList();
        return known.Concat(keys.Where(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)).OrderBy(key => key, StringComparer.Ordinal));
    }
}

/// <summary>The permissions that make up some wanted ones: these, and those that they come with.</summary>
internal sealed class PermissionCarriers
{
    private const string SameStage = "SAME_STAGE";

    // Whether what comes with a permission applies in its own stages.
    private readonly Dictionary<string, bool> _isInItsStages = new(StringComparer.OrdinalIgnoreCase);

    internal PermissionCarriers(IEnumerable<string> wanted, IReadOnlyList<OdcPermission> all)
    {
        foreach (var key in wanted)
            _isInItsStages[key] = true;
        for (var known = 0; known < _isInItsStages.Count;)
        {
            known = _isInItsStages.Count;
            foreach (var permission in all.Where(p => p.PermissionKey is not null && !_isInItsStages.ContainsKey(p.PermissionKey)))
            {
                if (permission.Inherits?.Where(i => i.PermissionKey is not null && _isInItsStages.ContainsKey(i.PermissionKey)).ToList() is { Count: > 0 } brought)
                    _isInItsStages[permission.PermissionKey!] = brought.TrueForAll(i => _isInItsStages[i.PermissionKey!] && i.RealmStages is { Count: 1 } realm && realm[0] == SameStage);
            }
        }
    }

    /// <summary>Those of a role's permissions that bring a wanted one. Where it is not known to apply in their stages only, they count as not limited.</summary>
    internal IReadOnlyList<OdcOrganizationRolePermission> Of(OdcOrganizationRole role) =>
        [.. (role.Permissions ?? []).Where(p => p.PermissionKey is not null && _isInItsStages.ContainsKey(p.PermissionKey)).Select(p => _isInItsStages[p.PermissionKey!] ? p : new OdcOrganizationRolePermission { PermissionKey = p.PermissionKey })];
}
