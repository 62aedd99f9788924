using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>Users, groups and roles of a tenant as they are now; all that is handed out is a copy of its moment.</summary>
public sealed class EmulatedIdentity
{
    private readonly Lock _lock = new();
    private readonly RoleCatalogue _roles;
    private volatile IdentityState _state;

    private EmulatedIdentity(
        Derivation derive, RoleCatalogue roles, IdentityProviders providers, SeededOrganizationRoles organizationRoles,
        Lazy<UserDirectory> directory)
    {
        _roles = roles;
        Providers = providers;
        Permissions = organizationRoles.Permissions;
        Created = new CreatedUsers(derive);
        Derive = derive;
        _state = new IdentityState(
            new UserSet(directory),
            SeededGroups.Create(roles, providers.OpenIdConnect.Key, derive),
            organizationRoles.All.ToImmutableDictionary(role => role.Key));
    }

    /// <summary>All users, created ones after those the tenant started with.</summary>
    public IReadOnlyList<EmulatedUser> Users => State.Users.All;

    /// <summary>The end-user groups by name.</summary>
    public IReadOnlyList<EmulatedGroup> Groups => [.. State.Groups.Values.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The end-user roles of all assets and stages.</summary>
    public IReadOnlyList<EmulatedRole> Roles => _roles.All;

    /// <summary>The organization roles by name.</summary>
    public IReadOnlyList<EmulatedOrganizationRole> OrganizationRoles =>
        [.. State.OrganizationRoles.Values.OrderBy(role => role.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The permissions organization roles are made of.</summary>
    public IReadOnlyList<PermissionDefinition> Permissions { get; }

    /// <summary>The key of the identity provider that comes with the tenant.</summary>
    public Guid BuiltInProviderKey => Providers.BuiltIn.Key;

    /// <summary>The key of the OpenID Connect provider, from whose claims some groups take members.</summary>
    public Guid OpenIdConnectProviderKey => Providers.OpenIdConnect.Key;

    /// <summary>The client secret in the configuration of the OpenID Connect provider.</summary>
    public string ProviderSecret => Providers.Secret;

    /// <summary>How bulk operations fail.</summary>
    public BulkFailures BulkFailures { get; } = new();

    internal IdentityState State => _state;

    internal IdentityProviders Providers { get; }

    internal CreatedUsers Created { get; }

    internal BulkOperations Bulk { get; } = new();

    internal Derivation Derive { get; }

    /// <summary>The user with a key; null when there is none, or no longer.</summary>
    public EmulatedUser? FindUser(Guid key) => State.Users.Find(key);

    /// <summary>The group with a key; null when there is none, or no longer.</summary>
    public EmulatedGroup? FindGroup(Guid key) => State.Groups.GetValueOrDefault(key);

    /// <summary>The users in a group, however they came there.</summary>
    public IReadOnlyList<EmulatedUser> MembersOf(EmulatedGroup group) => [.. State.MembersOf(group)];

    /// <summary>The end-user roles that members of a group inherit.</summary>
    public IReadOnlyList<EmulatedRole> RolesOf(EmulatedGroup group) => [.. _roles.Of(group.Roles)];

    /// <summary>The end-user roles of a user, granted and inherited.</summary>
    public IReadOnlyList<EmulatedRole> RolesOf(EmulatedUser user) => [.. _roles.Of(user.Roles)];

    /// <summary>The end-user roles a user was granted; it may inherit them as well.</summary>
    public IReadOnlyList<EmulatedRole> DirectRolesOf(EmulatedUser user) => [.. _roles.Of(user.DirectRoles)];

    internal static EmulatedIdentity Seed(EmulatedTenant tenant, Derivation derive, int users)
    {
        var providers = new IdentityProviders(derive, tenant.IdentityProviderKey);
        var organizationRoles = new SeededOrganizationRoles(derive);
        var access = new SeededAccess(tenant.Roles, providers, organizationRoles, tenant.PortfolioKey);
        var directory = new Lazy<UserDirectory>(
            () => new UserDirectory(new UserGenerator(tenant.Name, derive, tenant.Stages.Count, access), users));
        return new EmulatedIdentity(derive, tenant.Roles, providers, organizationRoles, directory);
    }

    /// <summary>Puts the next state in the place of the present one; a change that throws leaves it.</summary>
    internal void Change(Func<IdentityState, IdentityState> change)
    {
        lock (_lock)
            _state = change(_state);
    }
}
