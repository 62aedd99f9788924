using OdcPowerShell.Identity;
using static OdcPowerShell.Tenants.Rules.RuleWords;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>Organization roles of the organization's own that have nearly every permission.</summary>
internal sealed class EverythingRole() : TenantRule("EverythingRole", Access, High, "Own organization roles with nearly every permission")
{
    internal override string Reason => "A role with everything is an administrator under another name. The permissions of the roles that are not built in are counted, as far as they are not limited to stages or portfolios.";

    internal override string Advice => "Remove the permissions that its members do not need. Choose them: the command names all that manage something.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.PermissionPercent];

    internal override async Task CheckAsync(RuleCheck check)
    {
        var (roles, all) = await RolePermissions.ReadAsync(check).ConfigureAwait(false);
        foreach (var role in roles.Where(r => r.IsReadOnly != true))
        {
            var (count, percent) = RolePermissions.Share(role, all);
            if (percent >= check.Limit(RuleThreshold.PermissionPercent))
                check.Find(role.Name, $"The role {role.Name} has {count} of {all.Count} permissions for the whole organization ({percent} %).", check.Command($"Set-OdcOrganizationRole {RuleText.Argument(role.Name, role.OrganizationRoleKey)} -RemovePermission (Get-OdcPermission Manage*)"));
        }
    }
}

/// <summary>Too many members with every permission.</summary>
internal sealed class ManyAdministrators() : TenantRule("ManyAdministrators", Access, Medium, "Many members with every permission")
{
    internal override string Reason => "Each account with every permission is one that must be guarded. The members of all roles that have nearly every permission are counted, the built-in ones too.";

    internal override string Advice => "Revoke the role from those who do not need it (Revoke-OdcOrganizationRole). The command lists them.";

    internal override IReadOnlyList<RuleThreshold> Thresholds => [RuleThreshold.MaximumAdministrators, RuleThreshold.PermissionPercent];

    internal override async Task CheckAsync(RuleCheck check)
    {
        var (roles, all) = await RolePermissions.ReadAsync(check).ConfigureAwait(false);
        foreach (var role in roles.Where(r => RolePermissions.Share(r, all).Percent >= check.Limit(RuleThreshold.PermissionPercent)))
        {
            var members = await check.ReadAsync(role.ToString(), () => check.Tenant.UsersOfOrganizationRoleAsync(role)).ConfigureAwait(false);
            if (members?.Count > check.Limit(RuleThreshold.MaximumAdministrators))
                check.Find(role.Name, $"{members.Count} members have the role {role.Name}; at most {check.Limit(RuleThreshold.MaximumAdministrators)} should.", check.Command($"Get-OdcUser -OrganizationRole {RuleText.Argument(role.Name, role.OrganizationRoleKey)}", "Sort-Object LastLoginAt"));
        }
    }
}

/// <summary>Organization roles that members have without an end date.</summary>
internal sealed class EndlessGrant() : TenantRule("EndlessGrant", Access, Low, "Roles for the whole organization without an end date")
{
    // Long enough for a review each half year.
    private const int Days = 180;

    internal override string Reason => "A role without an end date stays until someone remembers it. The roles of each member for the whole organization are read.";

    internal override string Advice => "Grant the role again, with an end date. If the service rejects that, revoke it before.";

    internal override string Costs => "a request for each member";

    internal override async Task CheckAsync(RuleCheck check)
    {
        var end = (check.Now + TimeSpan.FromDays(Days)).UtcDateTime;
        var members = await check.MembersAsync().ConfigureAwait(false);
        foreach (var (user, roles) in await check.EachAsync(members, user => (user.ToString(), null), check.Tenant.OrganizationRolesOfUserAsync).ConfigureAwait(false))
        {
            foreach (var role in roles)
            {
                if (role.AssetKey is not null || role.GrantPeriod?.EndTime is not null)
                    continue;
                var (account, name) = (RuleText.Argument(user.Email, user.UserKey), RuleText.Argument(role.Name, role.OrganizationRoleKey));
                check.Find(
                    user, $"{user.Email} has the role {role.Name} without an end date.",
                    check.Command(FormattableString.Invariant($"Grant-OdcOrganizationRole {account} {name} -EndTime {end:yyyy-MM-dd}")));
            }
        }
    }
}

/// <summary>Identity providers whose settings let others sign in as a user.</summary>
internal sealed class WeakIdentityProvider() : TenantRule("WeakIdentityProvider", Access, Medium, "Identity providers that trust too much")
{
    internal override string Reason => "Without the check of the nonce, a stolen answer of the provider can be used again; if every e-mail is trusted, an account with the e-mail of another one becomes that one.";

    internal override string Advice => "Change the identity provider in the ODC Portal. The command shows its settings.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var provider in await check.ReadAsync("All identity providers", check.Tenant.IdentityProvidersAsync).ConfigureAwait(false) ?? [])
        {
            var faults = new List<string>();
            if (provider.OidcConfiguration?.SuppressNonceVerification == true)
                faults.Add("does not verify the nonce");
            if (string.Equals(provider.EmailTrustType, "All", StringComparison.OrdinalIgnoreCase))
                faults.Add("trusts every e-mail, verified or not");
            if (faults.Count > 0)
                check.Find(provider.Name, $"The identity provider {provider.Name} {string.Join(" and ", faults)}.", check.Command($"Get-OdcIdentityProvider {RuleText.Argument(provider.Name, provider.IdentityProviderKey)}", "Format-List *"));
        }
    }
}

/// <summary>How much a role may do.</summary>
internal static class RolePermissions
{
    private const int Whole = 100;

    /// <summary>The roles whose permissions are known, and all permissions; no roles, with a gap, if they can't be compared.</summary>
    internal static async Task<(IReadOnlyList<OdcOrganizationRole> Roles, HashSet<string> All)> ReadAsync(RuleCheck check)
    {
        const string Roles = "All organization roles";
        var all = Grantable(await check.ReadAsync(Roles, check.Tenant.PermissionsAsync).ConfigureAwait(false) ?? []);
        var roles = await check.ReadAsync(Roles, check.Tenant.OrganizationRolesAsync).ConfigureAwait(false);
        if (roles is null || all.Count == 0 || roles.Count == 0)
        {
            check.Miss(Roles, "The permissions of the roles can't be compared with all permissions.");
            return ([], all);
        }

        foreach (var role in roles.Where(role => role.Permissions is null))
            check.Miss(role.ToString(), $"The service does not report the permissions of {role}.");
        return ([.. roles.Where(role => role.Permissions is not null)], all);
    }

    /// <summary>The keys of the permissions that people can grant for the whole organization.</summary>
    private static HashSet<string> Grantable(IEnumerable<OdcPermission> permissions) => new(
        permissions.Where(p => p.Visibility is null or "Public" && p.AllowedScopes?.Contains("Organization", StringComparer.OrdinalIgnoreCase) != false).Select(p => p.PermissionKey).OfType<string>(),
        StringComparer.OrdinalIgnoreCase);

    internal static (int Count, int Percent) Share(OdcOrganizationRole role, HashSet<string> all)
    {
        var own = (role.Permissions ?? []).Where(p => p is { StageKeys: null or { Count: 0 }, PortfolioKeys: null or { Count: 0 } }).Select(p => p.PermissionKey).OfType<string>();
        var count = own.Distinct(StringComparer.OrdinalIgnoreCase).Count(all.Contains);
        return (count, count * Whole / all.Count);
    }
}
