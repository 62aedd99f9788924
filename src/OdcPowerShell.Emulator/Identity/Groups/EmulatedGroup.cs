using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>A claim of an identity provider that makes its bearers members of a group.</summary>
public sealed record EmulatedClaimMapping(
    Guid Key, Guid ProviderKey, string ClaimName, string? ValueDelimiter, string ClaimValue, DateTimeOffset? LastUpdatedDate);

/// <summary>An end-user group of one stage as of one moment.</summary>
public sealed record EmulatedGroup(
    Guid Key, string Name, string? Description, Guid StageKey, DateTimeOffset UpdatedAt, IReadOnlyList<EmulatedClaimMapping> ClaimMappings)
{
    /// <summary>One bit for each role of the <see cref="RoleCatalogue"/> that members inherit.</summary>
    internal ulong Roles { get; init; }

    /// <summary>The bit by which generated users say that they are members; 0 for a created group.</summary>
    internal ulong SeedBit { get; init; }
}

/// <summary>The groups every tenant starts with: one for each end-user role.</summary>
internal static class SeededGroups
{
    private static readonly DateTimeOffset s_updatedAt = new(2025, 10, 1, 9, 30, 0, TimeSpan.Zero);

    public static ImmutableDictionary<Guid, EmulatedGroup> Create(RoleCatalogue roles, Guid provider, Derivation derive) =>
        roles.All.Select((role, i) => new EmulatedGroup(
            role.GroupKey,
            role.GroupName,
            $"Hands down {role.Name} of {roles.AssetNames[role.AssetKey]}.",
            role.StageKey,
            s_updatedAt.AddHours(i),
            HasMapping(i) ? Mappings(role, i, provider, derive) : [])
        {
            Roles = 1UL << i,
            SeedBit = 1UL << i,
        }).ToImmutableDictionary(group => group.Key);

    /// <summary>A third of the assets' roles, in all stages.</summary>
    public static bool HasMapping(int role) => role / 3 % 3 == 0;

    private static IReadOnlyList<EmulatedClaimMapping> Mappings(EmulatedRole role, int index, Guid provider, Derivation derive)
    {
        EmulatedClaimMapping Mapping(string claim, string? delimiter, string value) =>
            new(derive.Guid($"mapping/{role.GroupKey}/{claim}"), provider, claim, delimiter, value, s_updatedAt.AddHours(index));

        var byGroup = Mapping("groups", ",", role.GroupName);
        return index % 2 == 0 ? [byGroup] : [byGroup, Mapping("department", null, role.Name)];
    }
}
