namespace OdcPowerShell.Emulator;

/// <summary>An end-user role of an asset in one stage, and the group seeded to hand it down.</summary>
public sealed record EmulatedRole(Guid Key, string Name, Guid StageKey, Guid AssetKey, Guid ExternalKey, Guid GroupKey, string GroupName);
/// <summary>A claim of an identity provider that makes its bearers members of a group.</summary>
public sealed record EmulatedClaimMapping(
    Guid Key, Guid ProviderKey, string ClaimName, string? ValueDelimiter, string ClaimValue, DateTimeOffset? LastUpdatedDate);

/// <summary>An end-user group of one stage as of one moment.</summary>
public sealed record EmulatedGroup(
    Guid Key, string Name, string? Description, Guid StageKey, DateTimeOffset UpdatedAt, IReadOnlyList<EmulatedClaimMapping> ClaimMappings)
{
    /// <summary>The end-user roles that members inherit.</summary>
    internal IReadOnlyList<EmulatedRole> Roles { get; init; } = [];
}

/// <summary>An organization role as of one moment; the ones that come with the tenant are read-only.</summary>
public sealed record EmulatedOrganizationRole(Guid Key, string Name, bool IsReadOnly, IReadOnlyList<PermissionOfRole> Permissions);

/// <summary>A permission in a role, for some stages or portfolios, or for all.</summary>
public sealed record PermissionOfRole(Guid PermissionKey, IReadOnlyList<Guid> StageKeys, IReadOnlyList<Guid> PortfolioKeys);

/// <summary>A permission that organization roles can have; the category and name make its name in the API documentation.</summary>
public sealed record PermissionDefinition(Guid Key, string Name, string Category, string Purpose)
{
    /// <summary>Whether a role can have it for some stages only.</summary>
    public bool AllowStages { get; init; }
    /// <summary>Whether a role can have it for some portfolios only.</summary>
    public bool AllowPortfolios { get; init; }
    /// <summary>Whether it also counts in a role granted for an asset.</summary>
    public bool AllowAssets { get; init; }
    /// <summary>The permissions it brings with it.</summary>
    public IReadOnlyList<Guid> Inherits { get; init; } = [];
    /// <summary>The name of the claim that carries it.</summary>
    public string ClaimName => $"{Category}.{Name}".Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
