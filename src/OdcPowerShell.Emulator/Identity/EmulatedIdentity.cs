namespace OdcPowerShell.Emulator;

/// <summary>Users, groups and roles of a tenant as they are now; all that is handed out is a copy of its moment.</summary>
public sealed class EmulatedIdentity
{
    private readonly Store _store;
    private readonly IdentitySeed _seed;
    private readonly Lazy<Table<EmulatedUser>> _users;
    private readonly HashSet<string> _emails = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, CreatedUser> _created = new(StringComparer.OrdinalIgnoreCase);

    internal EmulatedIdentity(EmulatedTenant tenant, Derivation derive, int users)
    {
        _store = tenant.Store;
        _seed = new IdentitySeed(tenant, derive);
        ProviderSecret = $"idp-client-secret-{derive.Text("identity-provider/secret")}";
        _store.Groups.AddRange(_seed.Groups);
        _store.OrganizationRoles.AddRange(_seed.OrganizationRoles);
        // Made when first asked for: most tests need none of many.
        _users = new(
            () =>
            {
                var table = new Table<EmulatedUser>("user", user => user.Key);
                var generator = new UserGenerator(tenant.Name, derive, tenant.Stages.Count, _seed);
                foreach (var user in Enumerable.Range(0, users).Select(generator.Create))
                    _emails.Add(table.Set(user).Email);
                return table;
            },
            LazyThreadSafetyMode.None);
    }

    /// <summary>All users, created ones after those the tenant started with.</summary>
    public IReadOnlyList<EmulatedUser> Users => _store.Use<IReadOnlyList<EmulatedUser>>(() => [.. UserTable.All]);

    /// <summary>The end-user groups by name.</summary>
    public IReadOnlyList<EmulatedGroup> Groups => _store.Use<IReadOnlyList<EmulatedGroup>>(() =>
        [.. _store.Groups.All.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase).ThenByDescending(group => group.UpdatedAt)]);

    /// <summary>The end-user roles of all assets and stages.</summary>
    public IReadOnlyList<EmulatedRole> Roles => _seed.Roles;

    /// <summary>The organization roles by name.</summary>
    public IReadOnlyList<EmulatedOrganizationRole> OrganizationRoles => _store.Use<IReadOnlyList<EmulatedOrganizationRole>>(() =>
        [.. _store.OrganizationRoles.All.OrderBy(role => role.Name, StringComparer.OrdinalIgnoreCase)]);

    /// <summary>The permissions organization roles are made of.</summary>
    public IReadOnlyList<PermissionDefinition> Permissions => _seed.Permissions;

    /// <summary>The users created by requests, in the order of their addresses' first use; deleted ones stay here.</summary>
    public IReadOnlyList<CreatedUser> CreatedUsers => _store.Use<IReadOnlyList<CreatedUser>>(() => [.. _created.Values]);

    /// <summary>The key of the identity provider that comes with the tenant.</summary>
    public Guid BuiltInProviderKey => _seed.BuiltInProvider;
    /// <summary>The key of the OpenID Connect provider, from whose claims some groups take members.</summary>
    public Guid OpenIdConnectProviderKey => _seed.OpenIdConnectProvider;
    /// <summary>The client secret in the configuration of the OpenID Connect provider; easy to find wherever it should not be.</summary>
    public string ProviderSecret { get; }
    /// <summary>How bulk operations fail.</summary>
    public BulkFailures BulkFailures { get; } = new();
    internal IReadOnlyDictionary<Guid, string> AssetNames => _seed.AssetNames;
    internal Table<EmulatedUser> UserTable => _users.Value;

    /// <summary>The user with a key; null when there is none, or no longer.</summary>
    public EmulatedUser? FindUser(Guid key) => _store.Use(() => UserTable.Find(key));

    /// <summary>The group with a key; null when there is none, or no longer.</summary>
    public EmulatedGroup? FindGroup(Guid key) => _store.Use(() => _store.Groups.Find(key));

    /// <summary>The users in a group, however they came there.</summary>
    public IReadOnlyList<EmulatedUser> MembersOf(EmulatedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return _store.Use(() => Members(group.Key));
    }

    /// <summary>The end-user roles that members of a group inherit.</summary>
    public IReadOnlyList<EmulatedRole> RolesOf(EmulatedGroup group) => group?.Roles ?? [];

    /// <summary>The end-user roles of a user, granted and inherited.</summary>
    public IReadOnlyList<EmulatedRole> RolesOf(EmulatedUser user) => user?.Roles ?? [];

    /// <summary>The end-user roles a user was granted; it may inherit them as well.</summary>
    public IReadOnlyList<EmulatedRole> DirectRolesOf(EmulatedUser user) => user?.DirectRoles ?? [];
    internal List<EmulatedUser> Members(Guid group) => [.. UserTable.All.Where(user => user.MembershipIn(group) is not null)];
    internal EmulatedRole? FindRole(Guid key) => Roles.FirstOrDefault(role => role.Key == key);

    internal bool HasEmail(string email)
    {
        _ = UserTable;
        return _emails.Contains(email);
    }

    internal Guid Add(EmulatedUser user)
    {
        UserTable.Set(user);
        _emails.Add(user.Email);
        _created[user.Email] = _created.TryGetValue(user.Email, out var same)
            ? same with { Keys = [.. same.Keys, user.Key] }
            : new CreatedUser(user.Email, [user.Key]);
        return user.Key;
    }

    /// <summary>Counts a double; an address that no request has created a user with is none.</summary>
    internal void Refuse(string email)
    {
        if (_created.TryGetValue(email, out var same))
            _created[email] = same with { Refused = same.Refused + 1 };
    }

    /// <summary>Changes a user, and works out again what it inherits.</summary>
    internal void Set(EmulatedUser user)
    {
        HashSet<EmulatedRole> roles = [.. user.DirectRoles, .. user.Memberships.SelectMany(membership => _store.Groups[membership.GroupKey].Roles)];
        UserTable.Set(user with { Roles = [.. Roles.Where(roles.Contains)] });
    }

    /// <summary>Changes a group; with its roles its members change too.</summary>
    internal void Set(EmulatedGroup group)
    {
        var isChanged = _store.Groups.Find(group.Key) is not { } before || !before.Roles.SequenceEqual(group.Roles);
        _store.Groups.Set(group with { UpdatedAt = DateTimeOffset.UtcNow });
        if (isChanged)
            Members(group.Key).ForEach(Set);
    }

    internal void Remove(EmulatedUser user)
    {
        UserTable.Remove(user.Key);
        _emails.Remove(user.Email);
    }
}
