namespace OdcPowerShell.Emulator;

/// <summary>The roles, groups and permissions that a tenant starts with.</summary>
internal sealed class IdentitySeed
{
    private static readonly OrderedDictionary<string, string[]> s_roles = Json.Seed<OrderedDictionary<string, string[]>>("roles");

    // Fixed, as the generated dates are.
    private static readonly DateTimeOffset s_updatedAt = new(2025, 10, 1, 9, 30, 0, TimeSpan.Zero);

    private readonly Derivation _derive;

    public IdentitySeed(EmulatedTenant tenant, Derivation derive)
    {
        _derive = derive;
        PortfolioKey = tenant.PortfolioKey;
        BuiltInProvider = derive.Guid("identity-provider");
        OpenIdConnectProvider = derive.Guid("identity-provider/oidc");
        AssetNames = s_roles.Keys.ToDictionary(asset => derive.Guid($"asset/{asset}"));
        Roles =
        [
            .. from entry in s_roles
               from role in entry.Value
               from stage in tenant.Stages
               select new EmulatedRole(
                   derive.Guid($"role/{entry.Key}/{role}/{stage.Name}"),
                   role,
                   stage.Key,
                   derive.Guid($"asset/{entry.Key}"),
                   derive.Guid($"role/{entry.Key}/{role}"),
                   derive.Guid($"group/{entry.Key}/{role}/{stage.Name}"),
                   $"{entry.Key} {role} Team"),
        ];
        Guid PermissionKey(string name) => derive.Guid($"permission/{name}");
        Permissions = [.. Permission.Definitions.Select(permission => permission with
        {
            Key = PermissionKey(permission.FullName),
            Inherits = permission.FullName == Permission.ManageUsers
                ? [PermissionKey(Permission.ViewMembers), PermissionKey(Permission.ViewEndUsers)]
                : [],
        })];
        OrganizationRoles =
        [
            Role("Administrator", true, _ => true),
            Role("Developer", true, permission => permission.Category is "Asset management" or "Analyze" or "Stage"),
            Role("Manager", true, permission => permission.Category is not ("Subscriptions" or "Organization management")),
            Role("Viewer", true, permission => permission.Name.StartsWith("View", StringComparison.Ordinal)),
            Role("Release Crew", false, permission => permission.Category == "Release management"),
        ];
    }

    public Guid PortfolioKey { get; }
    public Guid BuiltInProvider { get; }
    public Guid OpenIdConnectProvider { get; }
    public IReadOnlyDictionary<Guid, string> AssetNames { get; }
    /// <summary>The end-user roles; for each there is a group whose members inherit it.</summary>
    public ImmutableArray<EmulatedRole> Roles { get; }
    public ImmutableArray<PermissionDefinition> Permissions { get; }
    public ImmutableArray<EmulatedOrganizationRole> OrganizationRoles { get; }

    public IEnumerable<EmulatedGroup> Groups => Roles.Select((role, i) => new EmulatedGroup(
        role.GroupKey,
        role.GroupName,
        $"Hands down {role.Name} of {AssetNames[role.AssetKey]}.",
        role.StageKey,
        s_updatedAt.AddHours(i),
        IsMapped(i) ? Mappings(role, i) : [])
    {
        Roles = [role],
    });

    /// <summary>Whether claims make members of a role's group: those of a third of the assets' roles, in all stages.</summary>
    public static bool IsMapped(int role) => role / 3 % 3 == 0;

    /// <summary>The role of a generated member for the whole organization.</summary>
    public Guid RoleOfMember(int index) => OrganizationRoles[(index % 10) switch
    {
        0 => 0,
        1 or 2 => 2,
        < 8 => 1,
        _ => 3,
    }].Key;

    public Guid RoleForAssets => OrganizationRoles[1].Key;

    private IReadOnlyList<EmulatedClaimMapping> Mappings(EmulatedRole role, int index)
    {
        EmulatedClaimMapping Mapping(string claim, string? delimiter, string value) =>
            new(_derive.Guid($"mapping/{role.GroupKey}/{claim}"), OpenIdConnectProvider, claim, delimiter, value, s_updatedAt.AddHours(index));

        var byGroup = Mapping("groups", ",", role.GroupName);
        return index % 2 == 0 ? [byGroup] : [byGroup, Mapping("department", null, role.Name)];
    }

    private EmulatedOrganizationRole Role(string name, bool isReadOnly, Func<PermissionDefinition, bool> has) => new(
        _derive.Guid($"organization-role/{name}"),
        name,
        isReadOnly,
        [.. Permissions.Where(has).Select(permission => new PermissionOfRole(permission.Key, [], []))]);
}
