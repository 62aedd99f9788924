using System.Collections.Concurrent;

namespace OdcPowerShell.Emulator;

/// <summary>Which users an API client may see.</summary>
internal enum Visibility
{
    All,
    EndUsers,
    Members,
}

/// <summary>The fields users can be sorted by.</summary>
internal enum UserSort
{
    Name,
    Key,
    Email,
    Status,
    LastLoginAt,
}

/// <summary>The users a tenant starts with; each order and visibility is worked out once, when first asked for.</summary>
internal sealed class UserDirectory
{
    private readonly ConcurrentDictionary<(UserSort, Visibility), Lazy<EmulatedUser[]>> _views = new();
    private readonly Lazy<Dictionary<Guid, EmulatedUser>> _byKey;
    private readonly Lazy<Dictionary<string, EmulatedUser>> _byEmail;
    private readonly UserGenerator _generator;

    public UserDirectory(UserGenerator generator, int count)
    {
        _generator = generator;
        Users = new EmulatedUser[count];
        for (var i = 0; i < count; i++)
            Users[i] = generator.Create(i);
        _byKey = new(() => Users.ToDictionary(user => user.Key));
        _byEmail = new(() => Users.ToDictionary(user => user.Email, StringComparer.OrdinalIgnoreCase));
    }

    public EmulatedUser[] Users { get; }

    public EmulatedUser? Find(Guid key) => _byKey.Value.GetValueOrDefault(key);

    public EmulatedUser? FindEmail(string email) => _byEmail.Value.GetValueOrDefault(email);

    public EmulatedUser[] View(UserSort sort, Visibility visibility) =>
        _views.GetOrAdd((sort, visibility), key => new(() => Build(key.Item1, key.Item2))).Value;

    public static bool IsVisible(EmulatedUser user, Visibility visibility) => visibility switch
    {
        Visibility.EndUsers => user.HasApplicationRoles,
        Visibility.Members => user.HasOrganizationRoles,
        _ => true,
    };

    private EmulatedUser[] Build(UserSort sort, Visibility visibility)
    {
        if (visibility != Visibility.All)
            return Array.FindAll(View(sort, Visibility.All), user => IsVisible(user, visibility));
        return sort switch
        {
            UserSort.Key => SortedBy(user => user.Key),
            UserSort.Email => SortedBy(user => user.Email, StringComparer.OrdinalIgnoreCase),
            UserSort.Status => SortedBy(user => ((long)user.StatusCode << 32) | (uint)user.Index),
            UserSort.LastLoginAt => SortedBy(user => (Missing: user.LastLoginTicks == 0, user.LastLoginTicks, user.Index)),
            _ => SortedBy(user => ((long)_generator.NameRank(user) << 32) | (uint)user.Index),
        };
    }

    // Users without a value come last, as PostgreSQL has it; equal ones keep the order of their creation.
    private EmulatedUser[] SortedBy<TKey>(Func<EmulatedUser, TKey> keyOf, IComparer<TKey>? comparer = null)
    {
        var sorted = (EmulatedUser[])Users.Clone();
        Array.Sort(Array.ConvertAll(sorted, user => keyOf(user)), sorted, comparer);
        return sorted;
    }
}
