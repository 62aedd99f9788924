namespace OdcPowerShell.Emulator;

/// <summary>A user as of one moment.</summary>
public sealed record EmulatedUser
{
    internal EmulatedUser(Guid key, string email, string username) => (Key, Email, Username) = (key, email, username);

    public Guid Key { get; }
    /// <summary>The full name; null for a few.</summary>
    public string? Name { get; init; }
    /// <summary>The e-mail address, unique in the tenant.</summary>
    public string Email { get; }
    /// <summary>The user name at the identity provider; without one it is the e-mail address.</summary>
    public string Username { get; }
    public string? PhotoUrl { get; init; }
    /// <summary>Active, Invited, Inactive or PendingRegistration.</summary>
    public required string Status { get; init; }
    /// <summary>The last sign-in to any stage, in UTC; null when there was none.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }
    public bool HasApplicationRoles => Roles.Count > 0;
    /// <summary>Whether the user is a member: has an organization role.</summary>
    public bool HasOrganizationRoles => OrganizationGrants.Count > 0;
    public bool IsActive => Status != "Inactive";
    public IReadOnlyList<GroupMembership> Memberships { get; init; } = [];
    /// <summary>The organization roles of the user; a role for assets has one entry for each asset.</summary>
    public IReadOnlyList<OrganizationGrant> OrganizationGrants { get; init; } = [];
    /// <summary>The end-user roles that were granted to the user; some may come from a group as well.</summary>
    public IReadOnlyList<EmulatedRole> DirectRoles { get; init; } = [];
    /// <summary>Those, and those of the user's groups.</summary>
    public IReadOnlyList<EmulatedRole> Roles { get; init; } = [];
    /// <summary>The places of the stages the user has signed in to.</summary>
    internal IReadOnlyList<int> LoginStages { get; init; } = [];
    internal IReadOnlyList<ProviderProfile> Providers { get; init; } = [];

    internal GroupMembership? MembershipIn(Guid group) => Memberships.FirstOrDefault(membership => membership.GroupKey == group);

    /// <summary>The user with one membership changed, added, or, when neither assigned nor mapped, removed.</summary>
    internal EmulatedUser With(GroupMembership membership)
    {
        var others = Memberships.Where(other => other.GroupKey != membership.GroupKey);
        return this with { Memberships = [.. membership.IsAssigned || membership.IsMapped ? others.Append(membership) : others] };
    }

    internal EmulatedUser WithAssignment(Guid group, bool isAssigned) =>
        With((MembershipIn(group) ?? new GroupMembership(group, false, false)) with { IsAssigned = isAssigned });

    /// <summary>The last sign-in to one stage: the last of all for the user's first stage, days earlier for the others.</summary>
    internal DateTimeOffset? LoginAt(int stage) => LoginStages.Contains(stage) ? LastLoginAt?.AddDays(-7 * (stage - LoginStages[0])) : null;
}

/// <summary>A user's place in a group: added by hand, through a claim mapping, or both.</summary>
public sealed record GroupMembership(Guid GroupKey, bool IsAssigned, bool IsMapped)
{
    /// <summary>Assigned, Mapped, or both.</summary>
    internal string[] Types => [.. new[] { IsAssigned ? "Assigned" : null, IsMapped ? "Mapped" : null }.OfType<string>()];
    internal bool IsOf(string? type) => type is null || Types.Contains(type, StringComparer.Ordinal);
}

/// <summary>An organization role of a user, for one asset or, without an asset, for the organization.</summary>
public sealed record OrganizationGrant(
    Guid RoleKey, Guid? AssetKey = null, Guid? PortfolioKey = null, DateTimeOffset? StartTime = null, DateTimeOffset? EndTime = null);

internal sealed record ProviderProfile(Guid ProviderKey, string? Subject, string? Username);

/// <summary>An e-mail address that users were created with.</summary>
public sealed record CreatedUser(string Email, IReadOnlyList<Guid> Keys)
{
    /// <summary>How often a user with the address was to be created; more than once means doubles.</summary>
    public int Count { get; init; } = Keys.Count;
}
