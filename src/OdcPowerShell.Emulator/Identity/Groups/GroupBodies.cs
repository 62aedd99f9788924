namespace OdcPowerShell.Emulator;

/// <summary>How a user is in a group.</summary>
internal enum MembershipType
{
    Assigned,
    Mapped,
}

/// <summary>A group as the identity API writes it.</summary>
internal sealed record GroupBody(
    Guid Key, string Name, string? Description, Guid EnvironmentKey, Guid PortfolioKey, DateTime UpdatedAt,
    IReadOnlyList<ClaimMappingBody> GroupIdpClaimMappings)
{
    public static GroupBody Of(EmulatedGroup group, EmulatedTenant tenant) => new(
        group.Key, group.Name, group.Description, group.StageKey, tenant.PortfolioKey, group.UpdatedAt.UtcDateTime,
        [.. group.ClaimMappings.Select(ClaimMappingBody.Of)]);
}

internal sealed record ClaimMappingBody(Guid Key, Guid ProviderKey, ForeignClaimBody ForeignClaim, DateTime? LastUpdatedDate)
{
    public static ClaimMappingBody Of(EmulatedClaimMapping mapping) => new(
        mapping.Key,
        mapping.ProviderKey,
        new ForeignClaimBody(mapping.ClaimName, mapping.ValueDelimiter, mapping.ClaimValue),
        mapping.LastUpdatedDate?.UtcDateTime);
}

internal sealed record ForeignClaimBody(string Name, string? ValueDelimiter, string Value);

/// <summary>A group in the list of a user's groups.</summary>
internal sealed record UserMembershipBody(IReadOnlyList<string> MembershipTypes, GroupBody Group);

internal sealed record CreateGroupBody(
    string? Name = null, string? Description = null, Guid EnvironmentKey = default, IReadOnlyList<Guid>? ApplicationRoleKeys = null,
    IReadOnlyList<Guid>? UserKeys = null);

internal sealed record PatchGroupBody(string? Name = null, string? Description = null);

internal sealed record PatchGroupUsersBody(IReadOnlyList<Guid>? UserKeysToAdd = null, IReadOnlyList<Guid>? UserKeysToRemove = null);

internal sealed record PatchGroupRolesBody(
    IReadOnlyList<Guid>? ApplicationRoleKeysToAdd = null, IReadOnlyList<Guid>? ApplicationRoleKeysToRemove = null);

internal static class Memberships
{
    public static bool Is(this GroupMembership membership, MembershipType? type) => type switch
    {
        MembershipType.Assigned => membership.IsAssigned,
        MembershipType.Mapped => membership.IsMapped,
        _ => true,
    };

    public static IReadOnlyList<string> Types(this GroupMembership membership) =>
        [.. Enum.GetValues<MembershipType>().Where(type => membership.Is(type)).Select(type => type.ToString())];
}
