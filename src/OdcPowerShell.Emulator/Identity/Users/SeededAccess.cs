using System.Numerics;

namespace OdcPowerShell.Emulator;

/// <summary>Groups, organization roles and provider profiles of generated users, worked out from their numbers.</summary>
internal sealed class SeededAccess(
    RoleCatalogue roles, IdentityProviders providers, SeededOrganizationRoles organizationRoles, Guid portfolio)
{
    // Fixed, as the generated dates are.
    private static readonly DateTimeOffset s_periodStart = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A role that is inherited comes from the group seeded for it.</summary>
    public IReadOnlyList<GroupMembership> MembershipsOf(EmulatedUser user)
    {
        var memberships = new List<GroupMembership>();
        for (var bits = user.InheritedRoles; bits != 0; bits &= bits - 1)
            memberships.Add(Membership(user, BitOperations.TrailingZeroCount(bits)));
        return memberships;
    }

    public GroupMembership? MembershipIn(EmulatedUser user, EmulatedGroup group) =>
        (user.InheritedRoles & group.SeedBit) == 0 ? null : Membership(user, BitOperations.TrailingZeroCount(group.SeedBit));

    /// <summary>Every member has one role for the organization; some have one for an asset too, and some end.</summary>
    public IReadOnlyList<OrganizationGrant> GrantsOf(EmulatedUser user)
    {
        if (!user.HasOrganizationRoles)
            return [];
        var grant = new OrganizationGrant(organizationRoles.ForMember(user.Index));
        if (user.Index % 7 == 3)
            grant = grant with { StartTime = s_periodStart, EndTime = s_periodStart.AddYears(10) };
        if (user.Index % 3 != 0)
            return [grant];
        var asset = roles.All[user.Index % roles.All.Count].AssetKey;
        return [grant, new OrganizationGrant(organizationRoles.ForAssets, asset, portfolio)];
    }

    /// <summary>Who is in a group through a claim has signed in at the provider that makes the claim.</summary>
    public IReadOnlyList<ProviderProfile> ProvidersOf(EmulatedUser user)
    {
        var builtIn = new ProviderProfile(providers.BuiltIn.Key, user.Key.ToString("N"), user.Username);
        return MembershipsOf(user).Any(membership => membership.IsMapped)
            ? [builtIn, new ProviderProfile(providers.OpenIdConnect.Key, $"entra-{user.Key:N}", user.Email)]
            : [builtIn];
    }

    private GroupMembership Membership(EmulatedUser user, int role)
    {
        var mapped = SeededGroups.HasMapping(role) && user.Index % 2 == 1;
        return new GroupMembership(roles.All[role].GroupKey, !mapped || user.Index % 3 == 0, mapped);
    }
}
