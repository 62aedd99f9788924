using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>Users, groups and organization roles as of one moment: a request reads one state, a change makes the next.</summary>
internal sealed record IdentityState(
    UserSet Users, ImmutableDictionary<Guid, EmulatedGroup> Groups, ImmutableDictionary<Guid, EmulatedOrganizationRole> OrganizationRoles)
{
    public EmulatedUser User(Guid key) => Users.Find(key) ?? throw new ProblemException(Cause.NotFound("user", key));

    /// <summary>The user if the client may see it: otherwise it is as if there were none.</summary>
    public EmulatedUser User(Guid key, Visibility visibility) =>
        User(key) is var user && UserDirectory.IsVisible(user, visibility) ? user : throw new ProblemException(Cause.NotFound("user", key));

    public EmulatedGroup Group(Guid key) => Groups.GetValueOrDefault(key) ?? throw new ProblemException(Cause.NotFound("group", key));

    public EmulatedOrganizationRole OrganizationRole(Guid key) =>
        OrganizationRoles.GetValueOrDefault(key) ?? throw new ProblemException(Cause.NotFound("organization role", key));

    public IEnumerable<EmulatedUser> MembersOf(EmulatedGroup group) => Users.All.Where(user => user.MembershipIn(group) is not null);

    public ulong RolesOf(IEnumerable<GroupMembership> memberships) =>
        memberships.Aggregate(0UL, (bits, membership) => bits | Groups[membership.GroupKey].Roles);

    public IdentityState With(EmulatedUser user, ChangedDetails details, UserStatus? status = null) => With([user], _ => details, status);

    /// <summary>Changes users, and works out again what they inherit.</summary>
    public IdentityState With(IEnumerable<EmulatedUser> users, Func<EmulatedUser, ChangedDetails> change, UserStatus? status = null)
    {
        return this with { Users = Users.Replace(users.Select(Changed)) };

        EmulatedUser Changed(EmulatedUser user)
        {
            var details = change(user);
            return user.With(details, RolesOf(details.Memberships), status);
        }
    }

    /// <summary>Changes a group; with its roles, or when told how, its members change too.</summary>
    public IdentityState With(EmulatedGroup group, Func<EmulatedUser, ChangedDetails>? change = null)
    {
        var next = this with { Groups = Groups.SetItem(group.Key, group with { UpdatedAt = DateTimeOffset.UtcNow }) };
        return change is null && Groups[group.Key].Roles == group.Roles
            ? next
            : next.With(MembersOf(group), change ?? (user => user.ToDetails()));
    }
}
