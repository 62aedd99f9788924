namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>The rules of an IP filter group: what is checked before they are sent, and what changes between two reads.</summary>
internal static class IpFilterRules
{
    /// <summary>The most rules of a group, and the most addresses of a rule.</summary>
    internal const int Most = 20;

    private const string AllowList = "ALLOWLIST";
    private const string DenyList = "DENYLIST";

    /// <summary>The type of a list as the service writes it, from the words of the portal or of the service.</summary>
    /// <exception cref="OdcException">It is neither.</exception>
    internal static string AccessTypeOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        "ALLOW" or AllowList => AllowList,
        "DENY" or DenyList => DenyList,
        _ => throw Wrong($"'{text}' is not a type of list.", "Specify Allow, for a list of the only addresses that reach the apps, or Deny, for a list of addresses that don't."),
    };

    /// <summary>Whether only the addresses of the rules reach the apps.</summary>
    internal static bool IsAllowList(string? accessType) => string.Equals(accessType, AllowList, StringComparison.OrdinalIgnoreCase);

    /// <summary>A rule with checked ranges in their usual form. Ranges that are twice in it are left out.</summary>
    /// <exception cref="OdcException">It has no name, no range or too many, or one that is not valid.</exception>
    internal static OdcIpFilterRule Checked(string? name, IEnumerable<string?>? ranges, bool isActive, Action<string> warn)
    {
        var called = name?.Trim() is { Length: > 0 } trimmed ? trimmed : throw Wrong("A rule of an IP filter has no name.", "Specify the rule's name.");
        var kept = new List<IpRange>();
        foreach (var range in (ranges ?? []).SelectMany(text => (text ?? "").Split(';', ',')).Where(text => text.Trim().Length > 0).Select(text => In(called, text)))
        {
            if (kept.Find(range.IsSame) is not null)
            {
                warn($"The rule {called} has {range} twice. It is sent once.");
                continue;
            }

            // Which addresses match is the same, so this is no error: it would reject rules that the service has.
            if (kept.Find(range.Overlaps) is { } other)
                warn($"In the rule {called}, {other} and {range} overlap.");
            kept.Add(range);
        }

        if (kept.Count is 0 or > Most)
            throw Wrong(kept.Count == 0 ? $"The rule {called} has no addresses." : $"The rule {called} has {kept.Count} ranges of addresses.", $"Specify 1 to {Most} addresses, blocks or ranges for each rule.");
        return new OdcIpFilterRule { Name = called, Ranges = [.. kept.Select(r => r.Text)], IsActive = isActive };
    }

    /// <summary>Rejects more rules than a group can have, and warns of rules with the same name or overlapping addresses.</summary>
    /// <exception cref="OdcException">There are too many rules.</exception>
    internal static void Check(IReadOnlyList<OdcIpFilterRule> rules, Action<string> warn)
    {
        if (rules.Count > Most)
            throw Wrong($"The group would have {rules.Count} rules.", $"A group has {Most} rules at most. A rule has {Most} ranges at most: put addresses together.");
        foreach (var same in rules.GroupBy(r => r.Name?.Trim(), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            warn($"{same.Count()} rules have the name {same.Key}. -RemoveRule removes all of them.");
        var active = rules.Where(r => r.IsActive == true).ToList();
        for (var i = 0; i < active.Count; i++)
        {
            foreach (var other in active.Skip(i + 1))
            {
                var pair = Ranges([active[i]]).SelectMany(_ => Ranges([other]), (one, two) => (one, two)).FirstOrDefault(p => p.one.Overlaps(p.two));
                if (pair.one is null)
                    continue;
                warn(Contains(active[i], other) ? Superfluous(other, active[i])
                    : Contains(other, active[i]) ? Superfluous(active[i], other)
                    : $"The rules {active[i].Name} and {other.Name} overlap: {pair.one} and {pair.two}.");
            }
        }
    }

    private static string Superfluous(OdcIpFilterRule inner, OdcIpFilterRule outer) =>
        $"The rule {outer.Name} already has {string.Join(", ", Ranges([inner]))}: the rule {inner.Name} changes nothing.";

    private static bool Contains(OdcIpFilterRule outer, OdcIpFilterRule inner)
    {
        var (all, parts) = (Ranges([outer]), Ranges([inner]));
        return parts.Count == inner.Ranges?.Count && parts.All(part => all.Any(r => r.Contains(part)));
    }

    /// <summary>The ranges of rules, without those whose form this module does not know.</summary>
    internal static IReadOnlyList<IpRange> Ranges(IEnumerable<OdcIpFilterRule> rules) => [.. rules.SelectMany(r => r.Ranges ?? []).Select(IpRange.Find).OfType<IpRange>()];

    /// <summary>Whether two rules are the same, however their ranges are written.</summary>
    internal static bool IsSame(OdcIpFilterRule one, OdcIpFilterRule other) =>
        HasSameName(one, other.Name) && one.IsActive == other.IsActive && Written(one).SetEquals(Written(other));

    internal static bool HasSameName(OdcIpFilterRule rule, string? name) => NameText.IsSame(rule.Name?.Trim(), name?.Trim());

    /// <summary>What is different in a group since it was read before, in words; empty if nothing is, or if the earlier object lacks its rules.</summary>
    internal static IReadOnlyList<string> Differences(OdcIpFilterGroup before, OdcIpFilterGroup now, Func<string, string> nameOf)
    {
        var differences = new List<string>();
        // A file or a job may have kept only the names of the rules.
        if (before.Rules is { } rules && rules.All(r => r is { Name: not null, Ranges: not null, IsActive: not null }))
        {
            var left = (now.Rules ?? []).Where(r => !rules.Any(old => IsSame(old, r))).ToList();
            foreach (var old in rules.Where(old => (now.Rules ?? []).All(r => !IsSame(old, r))))
                differences.Add($"the rule {old.Name} {(left.RemoveAll(r => HasSameName(r, old.Name)) > 0 ? "was changed" : "was removed")}");
            differences.AddRange(left.Select(r => $"the rule {r.Name} was added"));
            if (differences.Count == 0 && rules.Count != (now.Rules?.Count ?? 0))
                differences.Add("the number of rules is different");
        }

        if (before.AssetKeys is { } keys)
        {
            var present = now.AssetKeys ?? [];
            differences.AddRange(keys.Except(present, StringComparer.OrdinalIgnoreCase).Select(key => $"{nameOf(key)} was taken out"));
            differences.AddRange(present.Except(keys, StringComparer.OrdinalIgnoreCase).Select(key => $"{nameOf(key)} was added"));
        }

        return differences;
    }

    private static HashSet<string> Written(OdcIpFilterRule rule) => new((rule.Ranges ?? []).Select(r => IpRange.Find(r)?.Text ?? r), StringComparer.OrdinalIgnoreCase);

    private static IpRange In(string rule, string text)
    {
        try
        {
            return IpRange.Parse(text);
        }
        catch (OdcException e)
        {
            throw new OdcException(e.Cause, $"Rule {rule}: {e.Message}", e.RecommendedAction, e);
        }
    }

    private static OdcException Wrong(string message, string action) => new(OdcErrorCause.InvalidRequest, message, action);
}
