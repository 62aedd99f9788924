namespace OdcPowerShell.Emulator;

/// <summary>Users, groups and roles of a tenant as they are now; all that is returned is a copy of its moment.</summary>
public sealed class EmulatedIdentity
{
    private static readonly OrderedDictionary<string, string[]> s_roles = Json.Seed<OrderedDictionary<string, string[]>>("roles");

    private readonly Store _store;
    private readonly Func<Table<EmulatedUser>> _generate;
    private readonly HashSet<string> _emails = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, CreatedUser> _created = new(StringComparer.OrdinalIgnoreCase);

    internal EmulatedIdentity(EmulatedTenant tenant, Derivation derive, int users)
    {
        _store = tenant.Store;
        ProviderSecret = $"idp-client-secret-{derive.Text("identity-provider/secret")}";
        BuiltInProviderKey = derive.Guid("identity-provider");
        OpenIdConnectProviderKey = derive.Guid("identity-provider/oidc");
        AssetNames = s_roles.Keys.ToDictionary(asset => derive.Guid($"asset/{asset}"));
        _store.Roles.AddRange(
            from entry in s_roles
            from role in entry.Value
            from stage in tenant.Stages
            select new EmulatedRole(
                derive.Guid($"role/{entry.Key}/{role}/{stage.Name}"), role, stage.Key,
                derive.Guid($"asset/{entry.Key}"), derive.Guid($"role/{entry.Key}/{role}"),
                derive.Guid($"group/{entry.Key}/{role}/{stage.Name}"), $"{entry.Key} {role} Team"));
        if (!tenant.IsEmpty)
            _store.Groups.AddRange(Roles.Select((role, i) => GroupOf(role, i, derive)));

        Guid PermissionKey(string name) => derive.Guid($"permission/{name}");
        _store.Permissions.AddRange(Permission.Definitions.Select(permission => permission with
        {
            Key = PermissionKey(permission.FullName),
            Inherits = permission.FullName == Permission.ManageUsers
                ? [PermissionKey(Permission.ViewMembers), PermissionKey(Permission.ViewEndUsers)]
                : [],
        }));
        EmulatedOrganizationRole Role(string name, Func<PermissionDefinition, bool> has) => _store.OrganizationRoles.Set(new(
            derive.Guid($"organization-role/{name}"),
            name,
            IsReadOnly: name != "Release Crew",
            [.. Permissions.Where(has).Select(permission => new PermissionOfRole(permission.Key, [], []))]));
        Role("Administrator", _ => true);
        Role("Developer", permission => permission.Category is "Asset management" or "Analyze" or "Stage");
        Role("Manager", permission => permission.Category is not ("Subscriptions" or "Organization management"));
        Role("Viewer", permission => permission.Name.StartsWith("View", StringComparison.Ordinal));
        if (!tenant.IsEmpty)
            Role("Release Crew", permission => permission.Category == "Release management");

        _generate = () =>
        {
            var table = new Table<EmulatedUser>("user", user => user.Key);
            var generator = new UserGenerator(tenant, derive, this);
            foreach (var user in Enumerable.Range(0, users).Select(generator.Create))
                _emails.Add(table.Set(user).Email);
            return table;
        };
    }

    /// <summary>All users, created ones after those the tenant started with.</summary>
    public IReadOnlyList<EmulatedUser> Users => _store.Copy(() => UserTable.All);
    public IReadOnlyList<EmulatedGroup> Groups => _store.Copy(() => Sort.By(_store.Groups.All, [(group => group.Name, false)]));
    /// <summary>The end-user roles; for each there is a group whose members inherit it.</summary>
    public IReadOnlyList<EmulatedRole> Roles => _store.Roles.All;
    public IReadOnlyList<EmulatedOrganizationRole> OrganizationRoles => _store.Copy(() => _store.OrganizationRoles.All);
    public IReadOnlyList<PermissionDefinition> Permissions => _store.Permissions.All;
    /// <summary>The users created by requests, in the order of their addresses' first use; deleted ones stay here.</summary>
    public IReadOnlyList<CreatedUser> CreatedUsers => _store.Copy(() => _created.Values);
    public Guid BuiltInProviderKey { get; }
    /// <summary>The key of the OpenID Connect provider, from whose claims some groups take members.</summary>
    public Guid OpenIdConnectProviderKey { get; }
    /// <summary>The client secret in the configuration of the OpenID Connect provider; easy to find wherever it should not be.</summary>
    public string ProviderSecret { get; }
    /// <summary>The error codes of addresses with which a bulk operation can't create a user.</summary>
    public ConcurrentDictionary<string, string> BulkFailures { get; } = new(StringComparer.OrdinalIgnoreCase);
    /// <summary>The names of the assets that have end-user roles, by key.</summary>
    public IReadOnlyDictionary<Guid, string> AssetNames { get; }

    // Made at the first use: most tests do not need many.
    internal Table<EmulatedUser> UserTable => field ??= _generate();

    /// <summary>The user with a key; null when there is none, or no longer.</summary>
    public EmulatedUser? FindUser(Guid key) => _store.Use(() => UserTable.Find(key));

    /// <summary>The group with a key; null when there is none, or no longer.</summary>
    public EmulatedGroup? FindGroup(Guid key) => _store.Use(() => _store.Groups.Find(key));

    public IReadOnlyList<EmulatedUser> MembersOf(EmulatedGroup group) => _store.Use(() => Members(group.Key));

    /// <summary>Whether claims make members of a role's group: those of a third of the assets' roles, in all stages.</summary>
    internal static bool IsMapped(int role) => role / 3 % 3 == 0;

    internal List<EmulatedUser> Members(Guid group) => [.. UserTable.All.Where(user => user.MembershipIn(group) is not null)];

    internal bool HasEmail(string email) => UserTable.All.Count > 0 && _emails.Contains(email);

    internal Guid Add(EmulatedUser user)
    {
        UserTable.Set(user);
        _emails.Add(user.Email);
        _created[user.Email] = _created.TryGetValue(user.Email, out var same)
            ? same with { Keys = [.. same.Keys, user.Key], Count = same.Count + 1 }
            : new CreatedUser(user.Email, [user.Key]);
        return user.Key;
    }

    /// <summary>Counts a double; an address that no request has created a user with is none.</summary>
    internal void Refuse(string email)
    {
        if (_created.TryGetValue(email, out var same))
            _created[email] = same with { Count = same.Count + 1 };
    }

    /// <summary>Changes a user, and works out again what it inherits.</summary>
    internal void Set(EmulatedUser user) => UserTable.Set(user with
    {
        Roles = InOrder(user.DirectRoles.Concat(user.Memberships.SelectMany(membership => _store.Groups[membership.GroupKey].Roles))),
    });

    internal EmulatedRole[] InOrder(IEnumerable<EmulatedRole> roles) => [.. Roles.Where(roles.ToHashSet().Contains)];

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

    private EmulatedGroup GroupOf(EmulatedRole role, int index, Derivation derive)
    {
        var updatedAt = _store.FirstDay.AddDays(-96).AddHours(9.5 + index);
        EmulatedClaimMapping Mapping(string claim, string? delimiter, string value) =>
            new(derive.Guid($"mapping/{role.GroupKey}/{claim}"), OpenIdConnectProviderKey, claim, delimiter, value, updatedAt);

        var byGroup = Mapping("groups", ",", role.GroupName);
        EmulatedClaimMapping[] mappings = index % 2 == 0 ? [byGroup] : [byGroup, Mapping("department", null, role.Name)];
        var description = $"Hands down {role.Name} of {AssetNames[role.AssetKey]}.";
        return new EmulatedGroup(role.GroupKey, role.GroupName, description, role.StageKey, updatedAt, IsMapped(index) ? mappings : [])
        {
            Roles = [role],
        };
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
    public IReadOnlyList<EmulatedRole> Roles { get; init; } = [];
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
