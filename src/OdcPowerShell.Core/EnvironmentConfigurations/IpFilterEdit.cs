namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>What a user wants to change in the lists of an IP filter group; null where nothing is specified.</summary>
internal sealed record IpFilterWishes(
    IReadOnlyList<OdcIpFilterRule>? Rules, IReadOnlyList<OdcIpFilterRule> AddedRules, IReadOnlyList<string> RemovedRules,
    IReadOnlyList<string>? AssetKeys, IReadOnlyList<string> AddedKeys, IReadOnlyList<string> RemovedKeys, string? AccessType);

/// <summary>The lists of an IP filter group after a change. The service replaces whole lists, so they are made from the lists that were just read.</summary>
internal sealed class IpFilterEdit
{
    private IpFilterEdit(OdcIpFilterGroup now, IReadOnlyList<OdcIpFilterRule> rules, IReadOnlyList<string> assetKeys, string? accessType)
    {
        var present = now.AssetKeys ?? [];
        (Rules, AssetKeys, AccessType) = (rules, assetKeys, accessType ?? now.AccessType);
        NewKeys = [.. assetKeys.Except(present, StringComparer.OrdinalIgnoreCase)];
        LeavingKeys = [.. present.Except(assetKeys, StringComparer.OrdinalIgnoreCase)];
        ChangesRules = rules.Count != (now.Rules?.Count ?? 0) || !rules.Zip(now.Rules ?? [], IpFilterRules.IsSame).All(same => same);
        ChangesType = accessType is not null && !string.Equals(accessType, now.AccessType, StringComparison.OrdinalIgnoreCase);
        RuleSteps = ChangesRules ? [.. Steps(now.Rules ?? [], rules)] : [];
    }

    internal IReadOnlyList<OdcIpFilterRule> Rules { get; }

    internal IReadOnlyList<string> AssetKeys { get; }

    internal string? AccessType { get; }

    /// <summary>The apps that get this filter.</summary>
    internal IReadOnlyList<string> NewKeys { get; }

    /// <summary>The apps that lose it.</summary>
    internal IReadOnlyList<string> LeavingKeys { get; }

    internal bool ChangesRules { get; }

    internal bool ChangesAssets => NewKeys.Count + LeavingKeys.Count > 0;

    internal bool ChangesType { get; }

    internal bool IsEmpty => !ChangesRules && !ChangesAssets && !ChangesType;

    /// <summary>What happens to the rules, in words.</summary>
    internal IReadOnlyList<string> RuleSteps { get; }

    /// <exception cref="OdcException">The group does not have what is to be removed.</exception>
    internal static IpFilterEdit Of(OdcIpFilterGroup now, IpFilterWishes wishes, Func<string, string> nameOf)
    {
        var (rules, keys) = (now.Rules ?? [], now.AssetKeys ?? []);
        foreach (var name in wishes.RemovedRules.Where(name => !rules.Any(r => IpFilterRules.HasSameName(r, name))))
            throw Missing($"There is no rule '{name}'.", rules.Count == 0 ? "It has no rules." : $"Its rules: {string.Join(", ", rules.Select(r => r.Name))}.");
        foreach (var key in wishes.RemovedKeys.Where(key => !keys.Contains(key, StringComparer.OrdinalIgnoreCase)))
            throw Missing($"{nameOf(key)} is not in the group.", keys.Count == 0 ? "It has no apps." : $"Its apps: {string.Join(", ", keys.Select(nameOf))}.");
        var left = wishes.Rules ?? [.. rules.Where(r => !wishes.RemovedRules.Any(name => IpFilterRules.HasSameName(r, name)))];
        var leftKeys = wishes.AssetKeys ?? [.. keys.Except(wishes.RemovedKeys, StringComparer.OrdinalIgnoreCase)];
        return new IpFilterEdit(
            now, [.. left, .. wishes.AddedRules.Where(added => !left.Any(r => IpFilterRules.IsSame(r, added)))],
            [.. leftKeys.Concat(wishes.AddedKeys).Distinct(StringComparer.OrdinalIgnoreCase)], wishes.AccessType);
    }

    private static IEnumerable<string> Steps(IReadOnlyList<OdcIpFilterRule> before, IReadOnlyList<OdcIpFilterRule> after)
    {
        var added = after.Where(r => !before.Any(old => IpFilterRules.IsSame(old, r))).ToList();
        foreach (var old in before.Where(old => !after.Any(r => IpFilterRules.IsSame(old, r))))
        {
            var changed = added.Find(r => IpFilterRules.HasSameName(r, old.Name));
            added.RemoveAll(r => IpFilterRules.HasSameName(r, old.Name));
            yield return $"the rule {old.Name} {(changed is null ? "is removed" : Change(old, changed))}";
        }

        foreach (var rule in added)
            yield return $"the rule {rule.Name} is added{(rule.IsActive == false ? " (inactive)" : "")}";
    }

    private static string Change(OdcIpFilterRule old, OdcIpFilterRule now)
    {
        if (old.IsActive == now.IsActive)
            return "is changed";
        var state = now.IsActive == false ? "becomes inactive" : "becomes active";
        return IpFilterRules.IsSame(old, new OdcIpFilterRule { Name = now.Name, Ranges = now.Ranges, IsActive = old.IsActive }) ? state : $"is changed and {state}";
    }

    private static OdcException Missing(string message, string action) => new(OdcErrorCause.NotFound, message, action);
}
