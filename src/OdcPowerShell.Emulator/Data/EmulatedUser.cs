namespace OdcPowerShell.Emulator;

/// <summary>A user; texts are made when asked for, so that a million users stay small.</summary>
public sealed class EmulatedUser
{
    private readonly UserGenerator _generator;

    internal EmulatedUser(UserGenerator generator, int index, Guid key)
    {
        _generator = generator;
        Index = index;
        Key = key;
    }

    /// <summary>The user's key.</summary>
    public Guid Key { get; }

    /// <summary>The full name; null for a few.</summary>
    public string? Name => HasName ? _generator.NameOf(Index) : null;

    /// <summary>The e-mail address, unique in the tenant.</summary>
    public string Email => _generator.EmailOf(Index);

    /// <summary>The user name at the identity provider.</summary>
    public string Username => _generator.UsernameOf(Index);

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

    internal int Index { get; }

    internal bool HasName { get; init; } = true;

    internal UserStatus StatusCode { get; init; }

    internal long LastLoginTicks { get; init; }

    /// <summary>One bit for each role of the <see cref="RoleCatalogue"/>.</summary>
    internal ulong Roles { get; init; }

    /// <summary>Those of <see cref="Roles"/> that come from a group.</summary>
    internal ulong InheritedRoles { get; init; }

    /// <summary>One bit for each stage the user has signed in to.</summary>
    internal byte LoginStages { get; init; }

    internal int NameRank => HasName ? _generator.NameRank(Index) : int.MaxValue;

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
