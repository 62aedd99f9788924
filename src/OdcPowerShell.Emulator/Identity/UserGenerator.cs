using System.Runtime.InteropServices;

namespace OdcPowerShell.Emulator;

/// <summary>The words of people's names, each with the letters that an e-mail address allows everywhere.</summary>
internal sealed record SeededNames(OrderedDictionary<string, string> First, OrderedDictionary<string, string> Last);

/// <summary>Makes the user of an index from the seed alone, without looking at any other user.</summary>
internal sealed class UserGenerator(EmulatedTenant tenant, Derivation derive, EmulatedIdentity identity)
{
    // Prime to the number of combinations: consecutive users get unlike names, and none repeats before all are used.
    private const int Step = 7919;

    private static readonly SeededNames s_names = Json.Seed<SeededNames>("people");

    // The role for the whole organization of every tenth member.
    private static readonly ImmutableArray<int> s_memberRoles = [0, 2, 2, 1, 1, 1, 1, 1, 3, 3];

    private readonly DateTimeOffset _lastSignIn = tenant.Store.LastSignIn;
    private readonly DateTimeOffset _periodStart = tenant.Store.FirstDay.AddDays(-188);
    private readonly ulong _seed = derive.Number("users");

    private readonly string[] _domains =
        [$"{tenant.Name}.example", $"{tenant.Name}.example", "contractors.example", "mail.example.com", "partner.example.org"];

    // Shared by all users: the places of the stages in each set of them.
    private readonly int[][] _stageSets = [.. Enumerable.Range(0, 1 << tenant.Stages.Count).Select(set => Places((ulong)set).ToArray())];

    // Administrator, Developer, Manager and Viewer, which cannot be deleted.
    private readonly Guid[] _organizationRoles = [.. tenant.Store.OrganizationRoles.All.Take(4).Select(role => role.Key)];

    private static int Combinations => s_names.First.Count * s_names.Last.Count;

    /// <summary>The key of the user of an index, without making the user.</summary>
    public static Guid KeyOf(Derivation derive, int index) => KeyOf(Derivation.Mix(derive.Number("users") + (ulong)index));

    public EmulatedUser Create(int index)
    {
        var random = Derivation.Mix(_seed + (ulong)index);
        var key = KeyOf(random);
        var status = Take(ref random, 100) switch
        {
            < 85 => "Active",
            < 92 => "Inactive",
            < 97 => "Invited",
            _ => "PendingRegistration",
        };
        var hasRoles = Take(ref random, 100) < 60;
        var isMember = Take(ref random, 100) < 10;
        var hasName = Take(ref random, 100) >= 2;
        var hasLoggedIn = status is "Active" or "Inactive" && Take(ref random, 100) >= 4;
        var secondsAgo = Take(ref random, 400 * 86_400) + 1;

        var more = Derivation.Mix(_seed ^ (ulong)index ^ 0xA5A5A5A5UL);
        // A bit for each role.
        var roles = hasRoles ? RolesOf(ref more) : 0;
        var inherited = roles & Derivation.Mix(more) & Derivation.Mix(more + 1);
        var memberships = Places(inherited).Select(role => Membership(index, role)).ToArray();
        var (first, last) = NameOf(index);
        var email = EmailOf(index, first.Value, last.Value);
        var username = $"{first.Value[0]}{last.Value}{index}";
        return new EmulatedUser(key, email, username)
        {
            Name = hasName ? $"{first.Key} {last.Key}" : null,
            PhotoUrl = index % 4 == 0 ? $"https://photos.{tenant.Name}.example/{index}.png" : null,
            Status = status,
            LastLoginAt = hasLoggedIn ? _lastSignIn.AddSeconds(-secondsAgo) : null,
            LoginStages = _stageSets[1 + Take(ref more, _stageSets.Length - 1)],
            DirectRoles = RolesAt(roles & ~inherited),
            Roles = RolesAt(roles),
            Memberships = memberships,
            OrganizationGrants = isMember ? Grants(index) : [],
            Providers = Providers(key, email, username, memberships),
        };
    }

    private static Guid KeyOf(ulong random) => Derivation.Version4(MemoryMarshal.AsBytes<ulong>([random, Derivation.Mix(random)]));

    // Some people share their name with the one before: a name must not be taken for a key.
    private static bool IsNamesake(int index) => index % 40 == 39;

    private (KeyValuePair<string, string> First, KeyValuePair<string, string> Last) NameOf(int index)
    {
        var person = IsNamesake(index) ? index - 1 : index;
        var combination = (int)((((long)person * Step) + (long)(_seed % (ulong)Combinations)) % Combinations);
        return (s_names.First.GetAt(combination % s_names.First.Count), s_names.Last.GetAt(combination / s_names.First.Count));
    }

    private string EmailOf(int index, string first, string last)
    {
        var random = Derivation.Mix(_seed + 1 + (ulong)index);
        var round = index / Combinations;
        var number = round == 0 ? "" : (round + 1).ToString(CultureInfo.InvariantCulture);
        var tag = IsNamesake(index) ? ".jr" : "";
        var plus = Take(ref random, 100) < 3 ? "+odc" : "";
        return $"{first}.{last}{number}{tag}{plus}@{_domains[Take(ref random, _domains.Length)]}";
    }

    private ulong RolesOf(ref ulong random)
    {
        var roles = 0UL;
        for (var i = Take(ref random, 4); i >= 0; i--)
            roles |= 1UL << Take(ref random, identity.Roles.Count);
        return roles;
    }

    // A role that is inherited comes from the group seeded for it.
    private GroupMembership Membership(int index, int role)
    {
        var isMapped = EmulatedIdentity.IsMapped(role) && index % 2 == 1;
        return new GroupMembership(identity.Roles[role].GroupKey, !isMapped || index % 3 == 0, isMapped);
    }

    // Every member has one role for the organization; some have one for an asset too, and some expire.
    private OrganizationGrant[] Grants(int index)
    {
        var grant = new OrganizationGrant(_organizationRoles[s_memberRoles[index % s_memberRoles.Length]]);
        if (index % 7 == 3)
            grant = grant with { StartTime = _periodStart, EndTime = _periodStart.AddYears(10) };
        var asset = identity.Roles[index % identity.Roles.Count].AssetKey;
        return index % 3 != 0 ? [grant] : [grant, new OrganizationGrant(_organizationRoles[1], asset, tenant.PortfolioKey)];
    }

    // Who is in a group through a claim has signed in at the provider that makes the claim.
    private ProviderProfile[] Providers(Guid key, string email, string username, GroupMembership[] memberships)
    {
        var builtIn = new ProviderProfile(identity.BuiltInProviderKey, key.ToString("N"), username);
        return Array.Exists(memberships, membership => membership.IsMapped)
            ? [builtIn, new ProviderProfile(identity.OpenIdConnectProviderKey, $"entra-{key:N}", email)]
            : [builtIn];
    }

    private EmulatedRole[] RolesAt(ulong bits) => [.. Places(bits).Select(place => identity.Roles[place])];

    private static IEnumerable<int> Places(ulong bits)
    {
        for (; bits != 0; bits &= bits - 1)
            yield return System.Numerics.BitOperations.TrailingZeroCount(bits);
    }

    private static int Take(ref ulong random, int choices)
    {
        var taken = (int)(random % (ulong)choices);
        random /= (ulong)choices;
        return taken;
    }
}
