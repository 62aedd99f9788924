using OdcPowerShell.Identity;
using static OdcPowerShell.Tenants.Rules.RuleWords;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>Members who have not signed in for a long time.</summary>
internal sealed class InactiveMember() : TenantRule("InactiveMember", Access, High, "Members who have not signed in for a long time")
{
    internal override string Reason => "An account that its owner does not use is not missed when someone else does. The last sign-in of all active members is checked.";

    internal override string Advice => "Disable the account, or remove it if the member has left.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.InactiveDays];

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var user in await check.MembersAsync().ConfigureAwait(false))
        {
            if (user is { LastLoginAt: { } last, Status: not "Inactive" } && check.DaysSince(last) is var days && days >= check.Limit(RuleThreshold.InactiveDays))
                check.Find(user, $"{user.Email} last signed in on {RuleText.Day(last)}, {days} days ago.", check.Command($"Disable-OdcUser {RuleText.Argument(user.Email, user.UserKey)}"));
        }
    }
}

/// <summary>Members who never signed in.</summary>
internal sealed class NeverSignedIn() : TenantRule("NeverSignedIn", Access, Medium, "Members who never signed in")
{
    internal override string Reason => "An invitation that no one accepted is an open door. All members without a sign-in are found; the service does not report when they were invited.";

    internal override string Advice => "Remove the account, and invite the person again when it is needed.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var user in await check.MembersAsync().ConfigureAwait(false))
        {
            if (user.LastLoginAt is null && user.Status != "Inactive")
                check.Find(user, $"{user.Email} never signed in. The status of the account is {user.Status}.", check.Command($"Remove-OdcUser {RuleText.Argument(user.Email, user.UserKey)}"));
        }
    }
}

/// <summary>Disabled accounts that still have organization roles.</summary>
internal sealed class DisabledMember() : TenantRule("DisabledMember", Access, Low, "Disabled accounts that still have organization roles")
{
    internal override string Reason => "If the account is enabled again, its roles are too. All members with the status Inactive are found.";

    internal override string Advice => "Remove the account, or its organization roles.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var user in await check.MembersAsync().ConfigureAwait(false))
        {
            if (user.Status == "Inactive")
                check.Find(user, $"{user.Email} is disabled and still has organization roles.", check.Command($"Remove-OdcUser {RuleText.Argument(user.Email, user.UserKey)}"));
        }
    }
}

/// <summary>Members whose e-mail domain is not one of the organization.</summary>
internal sealed class ExternalMember() : TenantRule("ExternalMember", Access, Low, "Members whose e-mail is not of an internal domain")
{
    internal override string Reason => "Accounts of partners and private accounts don't end with the employment. The e-mails of all members are compared with the internal domains of the subscription.";

    internal override string Advice => "Remove the member, or add the domain to the internal domains.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        var read = await check.ReadAsync("All members", check.Tenant.SubscriptionConfigurationAsync).ConfigureAwait(false);
        if (read is not { Count: > 0 } || read[0].AllDomainsInternal == true)
            return;
        if (read[0].InternalEmailDomains is not { Count: > 0 } domains)
        {
            check.Miss("All members", "The subscription has no internal e-mail domains to compare with. Set-OdcSubscriptionConfiguration sets them.");
            return;
        }

        foreach (var user in await check.MembersAsync().ConfigureAwait(false))
        {
            var domain = user.Email?.Substring(user.Email.LastIndexOf('@') + 1) ?? "";
            if (!domains.Contains(domain, StringComparer.OrdinalIgnoreCase))
                check.Find(user, $"{user.Email} is a member, and {domain} is not an internal domain.", check.Command($"Remove-OdcUser {RuleText.Argument(user.Email, user.UserKey)}"));
        }
    }
}

/// <summary>Accounts with end-user roles of their own, instead of those of a group.</summary>
internal sealed class DirectRole() : TenantRule("DirectRole", Access, Medium, "Accounts with end-user roles of their own, not through a group")
{
    internal override string Reason => "Roles of groups are taken away in one place; roles of single accounts are forgotten. The end-user roles of all users are checked.";

    internal override string Advice => "Add the user to a group that has the roles (Add-OdcGroupUser), then revoke those of the account.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var user in await check.ReadAsync("All end users", check.Tenant.UsersWithRolesAsync).ConfigureAwait(false) ?? [])
        {
            if (user is { Access.HasEndUserRoles: true, Embedded.EndUserRoles: null } or { Access.HasEndUserRoles: true, Embedded: null })
                check.Miss(user.Name ?? user.Email ?? "", $"The service does not report the end-user roles of {user.Email}.");
            var direct = (user.Embedded?.EndUserRoles ?? []).Where(role => role.IsDirect && check.IsChosen(role.StageKey)).ToList();
            if (direct.Count == 0)
                continue;
            check.Find(
                user, $"{user.Email} has {RuleText.Count(direct.Count, "end-user role")} directly: {RuleText.Few(direct.Select(role => role.Name))}.",
                check.Command($"Get-OdcEndUserRole -User {RuleText.Argument(user.Email, user.UserKey)} -AssignmentSource Direct{check.StageParameter}", "Revoke-OdcEndUserRole"));
        }
    }
}

/// <summary>Groups that have no effect.</summary>
internal sealed class EmptyGroup() : TenantRule("EmptyGroup", Access, Low, "Groups without users, or without roles")
{
    internal override string Reason =>
        "A group without an effect hides which groups matter. The roles of all users show which groups have both; only of the others, users and roles are read. A group with a claim mapping may have no users yet.";

    internal override string Advice => "Remove the group, or add what it lacks.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        if (await check.ReadAsync("All groups", check.Tenant.GroupsAsync).ConfigureAwait(false) is not { } groups)
            return;
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        // Without this list, which saves requests, each group is read.
        if (await RuleCheck.TryReadAsync(check.Tenant.UsersWithRolesAsync).ConfigureAwait(false) is { } users)
            used.UnionWith(users.SelectMany(u => u.Embedded?.EndUserRoles ?? []).SelectMany(r => r.AssignedGroups ?? []).Select(g => g.GroupKey ?? ""));
        foreach (var group in groups.Where(g => check.IsChosen(g.StageKey) && !used.Contains(g.GroupKey ?? "")))
        {
            var stage = new Portfolios.OdcStage { StageKey = group.StageKey, Name = group.StageName };
            var roles = await check.ReadAsync(group.ToString(), () => check.Tenant.HasRolesAsync(group), stage).ConfigureAwait(false);
            var members = group.ClaimMappings is { Count: > 0 } ? null : await check.ReadAsync(group.ToString(), () => check.Tenant.HasUsersAsync(group), stage).ConfigureAwait(false);
            var lacks = (roles, members) switch
            {
                ({ Count: 0 }, { Count: 0 }) => "neither users nor roles",
                ({ Count: 0 }, _) => "no roles",
                (_, { Count: 0 }) => "no users",
                _ => null,
            };
            if (lacks is not null)
                check.Find(group.Name, $"The group {group.Name} of {stage} has {lacks}.", check.Command($"Remove-OdcGroup {RuleText.Argument(group.Name, group.GroupKey)} -Stage {RuleText.Argument(group.StageName, group.StageKey)}"), stage);
        }
    }
}
