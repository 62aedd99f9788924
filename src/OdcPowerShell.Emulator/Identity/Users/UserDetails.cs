using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>A user's place in a group: added by hand, through a claim mapping, or both.</summary>
public sealed record GroupMembership(Guid GroupKey, bool IsAssigned, bool IsMapped);

/// <summary>An organization role of a user, for one asset or, without an asset, for the organization.</summary>
public sealed record OrganizationGrant(
    Guid RoleKey, Guid? AssetKey = null, Guid? PortfolioKey = null, DateTimeOffset? StartTime = null, DateTimeOffset? EndTime = null);

/// <summary>A user's profile at an identity provider.</summary>
internal sealed record ProviderProfile(Guid ProviderKey, string? Subject, string? Username);

/// <summary>What a user is beyond its few numbers: worked out for generated users, kept for changed and created ones.</summary>
internal interface IUserDetails
{
    string? NameOf(EmulatedUser user);

    string EmailOf(EmulatedUser user);

    string UsernameOf(EmulatedUser user);

    string? PhotoUrlOf(EmulatedUser user);

    ulong DirectRolesOf(EmulatedUser user);

    IReadOnlyList<GroupMembership> MembershipsOf(EmulatedUser user);

    GroupMembership? MembershipIn(EmulatedUser user, EmulatedGroup group);

    IReadOnlyList<OrganizationGrant> GrantsOf(EmulatedUser user);

    IReadOnlyList<ProviderProfile> ProvidersOf(EmulatedUser user);
}

/// <summary>The details of one user that a request has created or changed.</summary>
internal sealed record ChangedDetails(
    string? Name, string Email, string Username, string? PhotoUrl, ulong DirectRoles, ImmutableArray<GroupMembership> Memberships,
    ImmutableArray<OrganizationGrant> Grants, ImmutableArray<ProviderProfile> Providers) : IUserDetails
{
    public string? NameOf(EmulatedUser user) => Name;

    public string EmailOf(EmulatedUser user) => Email;

    public string UsernameOf(EmulatedUser user) => Username;

    public string? PhotoUrlOf(EmulatedUser user) => PhotoUrl;

    public ulong DirectRolesOf(EmulatedUser user) => DirectRoles;

    public IReadOnlyList<GroupMembership> MembershipsOf(EmulatedUser user) => Memberships;

    public GroupMembership? MembershipIn(EmulatedUser user, EmulatedGroup group) => In(group.Key);

    public IReadOnlyList<OrganizationGrant> GrantsOf(EmulatedUser user) => Grants;

    public IReadOnlyList<ProviderProfile> ProvidersOf(EmulatedUser user) => Providers;

    /// <summary>The details with one membership changed, added, or, when neither assigned nor mapped, taken away.</summary>
    public ChangedDetails WithMembership(GroupMembership membership)
    {
        var others = Memberships.RemoveAll(other => other.GroupKey == membership.GroupKey);
        return this with { Memberships = membership.IsAssigned || membership.IsMapped ? others.Add(membership) : others };
    }

    public ChangedDetails WithAssignment(Guid group, bool assigned) =>
        WithMembership((In(group) ?? new GroupMembership(group, false, false)) with { IsAssigned = assigned });

    private GroupMembership? In(Guid group)
    {
        foreach (var membership in Memberships)
        {
            if (membership.GroupKey == group)
                return membership;
        }

        return null;
    }
}
