using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>An organization role as of one moment; the ones that come with the tenant are read-only.</summary>
public sealed record EmulatedOrganizationRole(Guid Key, string Name, bool IsReadOnly, IReadOnlyList<PermissionOfRole> Permissions);

/// <summary>A permission in a role, for some stages or portfolios, or for all.</summary>
public sealed record PermissionOfRole(Guid PermissionKey, IReadOnlyList<Guid> StageKeys, IReadOnlyList<Guid> PortfolioKeys);

/// <summary>The organization roles every tenant starts with.</summary>
internal sealed class SeededOrganizationRoles
{
    private readonly EmulatedOrganizationRole _administrator;
    private readonly EmulatedOrganizationRole _developer;
    private readonly EmulatedOrganizationRole _manager;
    private readonly EmulatedOrganizationRole _viewer;

    public SeededOrganizationRoles(Derivation derive)
    {
        Permissions = PermissionDefinition.Seed(derive);
        EmulatedOrganizationRole Role(string name, bool isReadOnly, Predicate<PermissionDefinition> has) => new(
            derive.Guid($"organization-role/{name}"),
            name,
            isReadOnly,
            [.. Permissions.Where(permission => has(permission)).Select(permission => new PermissionOfRole(permission.Key, [], []))]);

        _administrator = Role("Administrator", true, _ => true);
        _developer = Role("Developer", true, permission => permission.Category is "Asset management" or "Analyze" or "Stage");
        _manager = Role("Manager", true, permission => permission.Category is not ("Subscriptions" or "Organization management"));
        _viewer = Role("Viewer", true, permission => permission.Name.StartsWith("View", StringComparison.Ordinal));
        var crew = Role("Release Crew", false, permission => permission.Category == "Release management");
        All = [_administrator, _developer, _manager, _viewer, crew];
    }

    public ImmutableArray<PermissionDefinition> Permissions { get; }

    public ImmutableArray<EmulatedOrganizationRole> All { get; }

    /// <summary>The role that goes with assets.</summary>
    public Guid ForAssets => _developer.Key;

    /// <summary>The role of a generated member for the whole organization.</summary>
    public Guid ForMember(int index) => (index % 10) switch
    {
        0 => _administrator.Key,
        1 or 2 => _manager.Key,
        < 8 => _developer.Key,
        _ => _viewer.Key,
    };
}
