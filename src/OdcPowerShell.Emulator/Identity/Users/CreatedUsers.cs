namespace OdcPowerShell.Emulator;

/// <summary>An e-mail address users were created with.</summary>
public sealed record CreatedUser(string Email, IReadOnlyList<Guid> Keys)
{
    /// <summary>How many users more were to be created with the address, and refused.</summary>
    public int Refused { get; init; }

    /// <summary>How often a user was to be created with the address; more than once tells of doubles.</summary>
    public int Count => Keys.Count + Refused;
}

/// <summary>The users created since the tenant's start, by e-mail address.</summary>
internal sealed class CreatedUsers(Derivation derive)
{
    private readonly OrderedDictionary<string, CreatedUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>The key of a new user and its place among all created ones, from 1.</summary>
    public (Guid Key, int Number) Add(string email)
    {
        lock (_lock)
        {
            var key = derive.Guid($"created-user/{++_count}");
            _users[email] = _users.TryGetValue(email, out var same)
                ? same with { Keys = [.. same.Keys, key] }
                : new CreatedUser(email, [key]);
            return (key, _count);
        }
    }

    /// <summary>Counts a double; an address that no request has created a user with is none.</summary>
    public void Refuse(string email)
    {
        lock (_lock)
        {
            if (_users.TryGetValue(email, out var same))
                _users[email] = same with { Refused = same.Refused + 1 };
        }
    }

    public IReadOnlyList<CreatedUser> List()
    {
        lock (_lock)
            return [.. _users.Values];
    }
}
