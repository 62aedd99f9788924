namespace OdcPowerShell.Emulator;

/// <summary>An e-mail address users were created with; more than one key tells of doubles.</summary>
public sealed record CreatedUser(string Email, IReadOnlyList<Guid> Keys)
{
    /// <summary>How many users were created with the address.</summary>
    public int Count => Keys.Count;
}

/// <summary>The users created since the tenant's start, by e-mail address.</summary>
internal sealed class CreatedUsers(Derivation derive)
{
    private readonly OrderedDictionary<string, CreatedUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private int _count;

    public Guid Add(string email)
    {
        lock (_lock)
        {
            var key = derive.Guid($"created-user/{++_count}");
            _users[email] = _users.TryGetValue(email, out var same)
                ? same with { Keys = [.. same.Keys, key] }
                : new CreatedUser(email, [key]);
            return key;
        }
    }

    public IReadOnlyList<CreatedUser> List()
    {
        lock (_lock)
            return [.. _users.Values];
    }
}
