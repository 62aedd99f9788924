using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>
/// The users as of one moment: the generated directory with what requests have changed laid over it. As long as nothing is changed,
/// everything comes from the directory as it is.
/// </summary>
internal sealed class UserSet
{
    private readonly Lazy<UserDirectory> _directory;
    private readonly ImmutableDictionary<Guid, EmulatedUser?> _replaced;
    private readonly ImmutableDictionary<Guid, EmulatedUser> _added;
    private readonly ImmutableDictionary<string, Guid> _addedEmails;
    private readonly ConcurrentDictionary<(UserSort, Visibility), Lazy<EmulatedUser[]>> _views = new();
    private readonly Lazy<EmulatedUser[]> _all;

    public UserSet(Lazy<UserDirectory> directory)
        : this(
            directory,
            ImmutableDictionary<Guid, EmulatedUser?>.Empty,
            ImmutableDictionary<Guid, EmulatedUser>.Empty,
            ImmutableDictionary.Create<string, Guid>(StringComparer.OrdinalIgnoreCase))
    {
    }

    private UserSet(
        Lazy<UserDirectory> directory, ImmutableDictionary<Guid, EmulatedUser?> replaced, ImmutableDictionary<Guid, EmulatedUser> added,
        ImmutableDictionary<string, Guid> addedEmails)
    {
        _directory = directory;
        _replaced = replaced;
        _added = added;
        _addedEmails = addedEmails;
        _all = new(ListAll);
    }

    /// <summary>All users in the order of their creation.</summary>
    public EmulatedUser[] All => IsUnchanged ? _directory.Value.Users : _all.Value;

    /// <summary>How many users the tenant started with.</summary>
    public int Generated => _directory.Value.Users.Length;

    private bool IsUnchanged => _replaced.IsEmpty && _added.IsEmpty;

    public EmulatedUser? Find(Guid key)
    {
        if (_added.TryGetValue(key, out var added))
            return added;
        return _replaced.TryGetValue(key, out var replaced) ? replaced : _directory.Value.Find(key);
    }

    public bool HasEmail(string email) => _addedEmails.ContainsKey(email)
        || (_directory.Value.FindEmail(email) is { } user && Find(user.Key) is not null);

    public EmulatedUser[] View(UserSort sort, Visibility visibility) => IsUnchanged
        ? _directory.Value.View(sort, visibility)
        : _views.GetOrAdd((sort, visibility), key => new(() => Build(key.Item1, key.Item2))).Value;

    public UserSet Add(EmulatedUser user) =>
        new(_directory, _replaced, _added.Add(user.Key, user), _addedEmails.Add(user.Email, user.Key));

    public UserSet Remove(EmulatedUser user) => _added.ContainsKey(user.Key)
        ? new(_directory, _replaced, _added.Remove(user.Key), _addedEmails.Remove(user.Email))
        : new(_directory, _replaced.SetItem(user.Key, null), _added, _addedEmails);

    /// <summary>Puts changed users in the place of the ones with their keys; e-mail addresses don't change.</summary>
    public UserSet Replace(IEnumerable<EmulatedUser> users)
    {
        var replaced = _replaced.ToBuilder();
        var added = _added.ToBuilder();
        foreach (var user in users)
        {
            if (added.ContainsKey(user.Key))
                added[user.Key] = user;
            else
                replaced[user.Key] = user;
        }

        return new UserSet(_directory, replaced.ToImmutable(), added.ToImmutable(), _addedEmails);
    }

    private EmulatedUser[] ListAll()
    {
        var users = new List<EmulatedUser>(Generated + _added.Count);
        foreach (var user in _directory.Value.Users)
        {
            if ((_replaced.TryGetValue(user.Key, out var replaced) ? replaced : user) is { } current)
                users.Add(current);
        }

        users.AddRange(_added.Values.OrderBy(user => user.Index));
        return [.. users];
    }

    private EmulatedUser[] Build(UserSort sort, Visibility visibility)
    {
        var order = new UserOrder(sort);
        var changed = _replaced.Values.OfType<EmulatedUser>().Concat(_added.Values)
            .Where(user => UserDirectory.IsVisible(user, visibility)).Order(order);
        var view = _directory.Value.View(sort, visibility);
        return Merge(_replaced.IsEmpty ? view : Array.FindAll(view, user => !_replaced.ContainsKey(user.Key)), changed, order);
    }

    // Few changes among many users: a search for each place is cheaper than comparing every user's name.
    private static EmulatedUser[] Merge(EmulatedUser[] view, IEnumerable<EmulatedUser> changed, UserOrder order)
    {
        var merged = new List<EmulatedUser>(view.Length + 16);
        var from = 0;
        foreach (var user in changed)
        {
            var to = ~Array.BinarySearch(view, from, view.Length - from, user, order);
            merged.AddRange(view.AsSpan(from, to - from));
            merged.Add(user);
            from = to;
        }

        merged.AddRange(view.AsSpan(from));
        return [.. merged];
    }
}
