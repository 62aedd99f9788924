using System.Runtime.InteropServices;

namespace OdcPowerShell.Emulator;

/// <summary>Makes the user of an index from the seed alone, without looking at any other user.</summary>
internal sealed class UserGenerator(string tenant, Derivation derive, int stages, SeededAccess access) : IUserDetails
{
    // Prime to the number of combinations: consecutive users get unlike names, and none repeats before all are used.
    private const int Step = 7919;

    // Fixed, not now: the same seed gives the same dates on every day.
    private static readonly DateTime s_lastDay = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ulong _seed = derive.Number("users");
    private readonly string[] _domains =
        [$"{tenant}.example", $"{tenant}.example", "contractors.example", "mail.example.com", "partner.example.org"];

    private static int Combinations => Names.First.Length * Names.Last.Length;

    /// <summary>The key of the user of an index, without making the user.</summary>
    public static Guid KeyOf(Derivation derive, int index) => KeyOf(Derivation.Mix(derive.Number("users") + (ulong)index));

    public EmulatedUser Create(int index)
    {
        var random = Derivation.Mix(_seed + (ulong)index);
        var key = KeyOf(random);
        var status = Take(ref random, 100) switch
        {
            < 85 => UserStatus.Active,
            < 92 => UserStatus.Inactive,
            < 97 => UserStatus.Invited,
            _ => UserStatus.PendingRegistration,
        };
        var hasRoles = Take(ref random, 100) < 60;
        var isMember = Take(ref random, 100) < 10;
        var hasName = Take(ref random, 100) >= 2;
        var hasLoggedIn = status is UserStatus.Active or UserStatus.Inactive && Take(ref random, 100) >= 4;
        var secondsAgo = Take(ref random, 400 * 86_400) + 1;

        var more = Derivation.Mix(_seed ^ (ulong)index ^ 0xA5A5A5A5UL);
        var roles = hasRoles ? RolesOf(ref more) : 0;
        return new EmulatedUser(this, index, key)
        {
            StatusCode = status,
            HasName = hasName,
            HasOrganizationRoles = isMember,
            Roles = roles,
            InheritedRoles = roles & Derivation.Mix(more) & Derivation.Mix(more + 1),
            LastLoginTicks = hasLoggedIn ? s_lastDay.AddSeconds(-secondsAgo).Ticks : 0,
            LoginStages = (byte)(1 + Take(ref more, (1 << stages) - 1)),
        };
    }

    public string? NameOf(EmulatedUser user)
    {
        if (!user.HasName)
            return null;
        var (first, last) = Combination(user.Index);
        return $"{Names.First[first]} {Names.Last[last]}";
    }

    /// <summary>The place of a generated user's name among all names; those without one come last.</summary>
    public int NameRank(EmulatedUser user)
    {
        var (first, last) = Combination(user.Index);
        return user.HasName ? (first * Names.Last.Length) + last : int.MaxValue;
    }

    public string EmailOf(EmulatedUser user)
    {
        var index = user.Index;
        var (first, last) = Combination(index);
        var random = Derivation.Mix(_seed + 1 + (ulong)index);
        var round = index / Combinations;
        var number = round == 0 ? "" : (round + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var tag = IsNamesake(index) ? ".jr" : "";
        var plus = Take(ref random, 100) < 3 ? "+odc" : "";
        var domain = _domains[Take(ref random, _domains.Length)];
        return $"{Names.PlainFirst[first]}.{Names.PlainLast[last]}{number}{tag}{plus}@{domain}";
    }

    public string UsernameOf(EmulatedUser user)
    {
        var (first, last) = Combination(user.Index);
        return $"{Names.PlainFirst[first][0]}{Names.PlainLast[last]}{user.Index}";
    }

    public string? PhotoUrlOf(EmulatedUser user) => user.Index % 4 == 0 ? $"https://photos.{tenant}.example/{user.Index}.png" : null;

    public ulong DirectRolesOf(EmulatedUser user) => user.Roles & ~user.InheritedRoles;

    public IReadOnlyList<GroupMembership> MembershipsOf(EmulatedUser user) => access.MembershipsOf(user);

    public GroupMembership? MembershipIn(EmulatedUser user, EmulatedGroup group) => access.MembershipIn(user, group);

    public IReadOnlyList<OrganizationGrant> GrantsOf(EmulatedUser user) => access.GrantsOf(user);

    public IReadOnlyList<ProviderProfile> ProvidersOf(EmulatedUser user) => access.ProvidersOf(user);

    public static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..];

    private static Guid KeyOf(ulong random) => Derivation.Version4(MemoryMarshal.AsBytes<ulong>([random, Derivation.Mix(random)]));

    // Some people share their name with the one before: a name must not be taken for a key.
    private static bool IsNamesake(int index) => index % 40 == 39;

    private (int First, int Last) Combination(int index)
    {
        var person = IsNamesake(index) ? index - 1 : index;
        var combination = (int)((((long)person * Step) + (long)(_seed % (ulong)Combinations)) % Combinations);
        return (combination % Names.First.Length, combination / Names.First.Length);
    }

    private ulong RolesOf(ref ulong random)
    {
        var roles = 0UL;
        for (var i = Take(ref random, 4); i >= 0; i--)
            roles |= 1UL << Take(ref random, RoleCatalogue.RolesPerStage * stages);
        return roles;
    }

    private static int Take(ref ulong random, int choices)
    {
        var taken = (int)(random % (ulong)choices);
        random /= (ulong)choices;
        return taken;
    }
}
