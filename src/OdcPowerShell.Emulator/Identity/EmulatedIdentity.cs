namespace OdcPowerShell.Emulator;

/// <summary>Users, groups and roles of a tenant as they are now; all that is returned is a copy of its moment.</summary>
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
        // Made at the first use: most tests do not need many.
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
    public IReadOnlyList<EmulatedUser> Users => _store.Copy(() => UserTable.All);

    public IReadOnlyList<EmulatedGroup> Groups => _store.Copy(() => ByName(_store.Groups.All));

    public IReadOnlyList<EmulatedRole> Roles => _seed.Roles;

    public IReadOnlyList<EmulatedOrganizationRole> OrganizationRoles =>
        _store.Copy(() => _store.OrganizationRoles.All.OrderBy(role => role.Name, StringComparer.OrdinalIgnoreCase));

    public IReadOnlyList<PermissionDefinition> Permissions => _seed.Permissions;

    /// <summary>The users created by requests, in the order of their addresses' first use; deleted ones stay here.</summary>
    public IReadOnlyList<CreatedUser> CreatedUsers => _store.Copy(() => _created.Values);

    public Guid BuiltInProviderKey => _seed.BuiltInProvider;
    /// <summary>The key of the OpenID Connect provider, from whose claims some groups take members.</summary>
    public Guid OpenIdConnectProviderKey => _seed.OpenIdConnectProvider;
    /// <summary>The client secret in the configuration of the OpenID Connect provider; easy to find wherever it should not be.</summary>
    public string ProviderSecret { get; }
    public BulkFailures BulkFailures { get; } = new();
    internal IReadOnlyDictionary<Guid, string> AssetNames => _seed.AssetNames;
    internal Table<EmulatedUser> UserTable => _users.Value;

    /// <summary>The user with a key; null when there is none, or no longer.</summary>
    public EmulatedUser? FindUser(Guid key) => _store.Use(() => UserTable.Find(key));

    /// <summary>The group with a key; null when there is none, or no longer.</summary>
    public EmulatedGroup? FindGroup(Guid key) => _store.Use(() => _store.Groups.Find(key));

    public IReadOnlyList<EmulatedUser> MembersOf(EmulatedGroup group) => _store.Use(() => Members(group.Key));

    public IReadOnlyList<EmulatedRole> RolesOf(EmulatedGroup group) => group.Roles;

    /// <summary>The end-user roles of a user, granted and inherited.</summary>
    public IReadOnlyList<EmulatedRole> RolesOf(EmulatedUser user) => user.Roles;

    /// <summary>The end-user roles a user was granted; it may inherit them as well.</summary>
    public IReadOnlyList<EmulatedRole> DirectRolesOf(EmulatedUser user) => user.DirectRoles;

    // Groups with the same name, of other stages, by their last change.
    internal static IEnumerable<EmulatedGroup> ByName(IEnumerable<EmulatedGroup> groups) =>
        groups.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase).ThenByDescending(group => group.UpdatedAt);

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

/// <summary>An end-user role of an asset in one stage, and the seeded group whose members inherit it.</summary>
public sealed record EmulatedRole(Guid Key, string Name, Guid StageKey, Guid AssetKey, Guid ExternalKey, Guid GroupKey, string GroupName);

/// <summary>A claim of an identity provider: users that have it become members of a group.</summary>
public sealed record EmulatedClaimMapping(
    Guid Key, Guid ProviderKey, string ClaimName, string? ValueDelimiter, string ClaimValue, DateTimeOffset? LastUpdatedDate);

/// <summary>An end-user group of one stage as of one moment.</summary>
public sealed record EmulatedGroup(
    Guid Key, string Name, string? Description, Guid StageKey, DateTimeOffset UpdatedAt, IReadOnlyList<EmulatedClaimMapping> ClaimMappings)
{
    /// <summary>The end-user roles that members inherit.</summary>
    internal IReadOnlyList<EmulatedRole> Roles { get; init; } = [];
}

/// <summary>An organization role as of one moment; those that come with the tenant are read-only.</summary>
public sealed record EmulatedOrganizationRole(Guid Key, string Name, bool IsReadOnly, IReadOnlyList<PermissionOfRole> Permissions);

/// <summary>A permission in a role, for some stages or portfolios, or for all.</summary>
public sealed record PermissionOfRole(Guid PermissionKey, IReadOnlyList<Guid> StageKeys, IReadOnlyList<Guid> PortfolioKeys);

/// <summary>A permission that organization roles can have; the category and name make its name in the API documentation.</summary>
public sealed record PermissionDefinition(string Name, string Category)
{
    public Guid Key { get; init; }
    public bool AllowStages { get; init; }
    public bool AllowPortfolios { get; init; }
    public bool AllowAssets { get; init; }
    public IReadOnlyList<Guid> Inherits { get; init; } = [];
    public string Purpose => $"Lets members {char.ToLowerInvariant(Name[0])}{Name[1..]}.";
    internal string FullName => $"{Category} > {Name}";
    public string ClaimName => $"{Category}.{Name}".Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
