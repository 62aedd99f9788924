namespace OdcPowerShell.Emulator;

/// <summary>A user as of one moment; texts are made when asked for, so that a million users stay small.</summary>
public sealed class EmulatedUser
{
    private readonly IUserDetails _details;

    internal EmulatedUser(IUserDetails details, int index, Guid key)
    {
        _details = details;
        Index = index;
        Key = key;
    }

    /// <summary>The user's key.</summary>
    public Guid Key { get; }

    /// <summary>The full name; null for a few.</summary>
    public string? Name => _details.NameOf(this);

    /// <summary>The e-mail address, unique in the tenant.</summary>
    public string Email => _details.EmailOf(this);

    /// <summary>The user name at the identity provider; the e-mail address where none was given.</summary>
    public string Username => _details.UsernameOf(this);

    /// <summary>Where the photo is; null for most.</summary>
    public string? PhotoUrl => _details.PhotoUrlOf(this);

    /// <summary>Active, Invited, Inactive or PendingRegistration.</summary>
    public string Status => StatusCode.ToString();

    /// <summary>The last sign-in to any stage, in UTC; null when there was none.</summary>
    public DateTimeOffset? LastLoginAt => LastLoginTicks == 0 ? null : new DateTimeOffset(LastLoginTicks, TimeSpan.Zero);

    /// <summary>Whether the user has end-user roles in at least one asset.</summary>
    public bool HasApplicationRoles => Roles != 0;

    /// <summary>Whether the user is a member: has an organization role.</summary>
    public bool HasOrganizationRoles { get; init; }

    /// <summary>Whether the user is not deactivated.</summary>
    public bool IsActive => StatusCode != UserStatus.Inactive;

    /// <summary>The groups the user is in.</summary>
    public IReadOnlyList<GroupMembership> Memberships => _details.MembershipsOf(this);

    /// <summary>The organization roles the user was granted, one entry for each asset of an asset-scoped one.</summary>
    public IReadOnlyList<OrganizationGrant> OrganizationGrants => _details.GrantsOf(this);

    /// <summary>The place in the order of creation.</summary>
    internal int Index { get; }

    internal bool HasName { get; init; } = true;

    internal UserStatus StatusCode { get; init; }

    internal long LastLoginTicks { get; init; }

    /// <summary>One bit for each role of the <see cref="RoleCatalogue"/>.</summary>
    internal ulong Roles { get; init; }

    /// <summary>Those of <see cref="Roles"/> that come from a group.</summary>
    internal ulong InheritedRoles { get; init; }

    /// <summary>Those of <see cref="Roles"/> that were granted to the user; some may come from a group as well.</summary>
    internal ulong DirectRoles => _details.DirectRolesOf(this);

    /// <summary>One bit for each stage the user has signed in to.</summary>
    internal byte LoginStages { get; init; }

    internal IReadOnlyList<ProviderProfile> Providers => _details.ProvidersOf(this);

    /// <summary>The membership in one group, without making a list of all; null when there is none.</summary>
    internal GroupMembership? MembershipIn(EmulatedGroup group) => _details.MembershipIn(this, group);

    /// <summary>Everything that requests can change.</summary>
    internal ChangedDetails ToDetails() => _details as ChangedDetails ?? new ChangedDetails(
        Name, Email, Username, PhotoUrl, DirectRoles, [.. Memberships], [.. OrganizationGrants], [.. Providers]);

    /// <summary>The user after a change; inherited are the roles of the groups in the details.</summary>
    internal EmulatedUser With(ChangedDetails details, ulong inherited, UserStatus? status = null) => new(details, Index, Key)
    {
        HasName = details.Name is not null,
        HasOrganizationRoles = details.Grants.Length > 0,
        StatusCode = status ?? StatusCode,
        LastLoginTicks = LastLoginTicks,
        LoginStages = LoginStages,
        InheritedRoles = inherited,
        Roles = details.DirectRoles | inherited,
    };

    /// <summary>The last sign-in to one stage: the last of all for the user's first stage, days earlier for the others.</summary>
    internal DateTimeOffset? LoginAt(int stage)
    {
        if (LastLoginTicks == 0 || (LoginStages & (1 << stage)) == 0)
            return null;
        var first = System.Numerics.BitOperations.TrailingZeroCount(LoginStages);
        return LastLoginAt!.Value.AddDays(-7 * (stage - first));
    }
}

internal enum UserStatus : byte
{
    Active,
    Inactive,
    Invited,
    PendingRegistration,
}
